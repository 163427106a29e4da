package org.tiepoint.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorTest {
    private TensorScope scope;

    @BeforeEach
    void open() {
        scope = new TensorScope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Tensor sixes() {
        return Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    }

    private static void assertValues(Tensor tensor, double... expected) {
        assertArrayEquals(expected, tensor.toDoubles(), 1e-12);
    }

    @Test
    void valuesGoInAndOutInRowMajorOrder() {
        assertArrayEquals(new long[] {2, 3}, sixes().shape());
        assertEquals("Tensor[2, 3]", sixes().toString());
        assertValues(sixes().transpose(0, 1), 1, 4, 2, 5, 3, 6);
        assertValues(sixes().permute(1, 0).select(0, 2), 3, 6);
        assertArrayEquals(new float[] {1.5f, -2}, Tensor.of(new float[] {1.5f, -2}, 2).toFloats());
        assertArrayEquals(new long[] {1L << 40, -3}, Tensor.of(new long[] {1L << 40, -3}, 2).toLongs());
        assertArrayEquals(new float[] {0, 127, 128, 255},
                Tensor.ofUnsignedBytes(new byte[] {0, 127, -128, -1}, 4).toFloats());
        assertArrayEquals(new float[0], Tensor.zeros(0, 3).toFloats());
        assertEquals(2.5, Tensor.full(2.5).item());
    }

    @Test
    void theArrayIsCopied() {
        float[] values = {1, 2};
        Tensor tensor = Tensor.of(values, 2);
        values[0] = 9;
        assertArrayEquals(new float[] {1, 2}, tensor.toFloats());
        Tensor copy = tensor.copy();
        tensor.assign(Tensor.zeros(2));
        assertArrayEquals(new float[] {1, 2}, copy.toFloats());
    }

    @Test
    void aShapeOfAnotherSizeIsRefused() {
        assertEquals("shape [2, 2] has 4 elements, got 3", assertThrows(IllegalArgumentException.class,
                () -> Tensor.of(new float[3], 2, 2)).getMessage());
        assertThrows(ArithmeticException.class, () -> Tensor.of(new float[3], Long.MAX_VALUE, 2));
    }

    @Test
    void shapesChange() {
        assertValues(sixes().narrow(1, 1, 2), 2, 3, 5, 6);
        assertValues(sixes().indexSelect(0, Tensor.of(new long[] {1, 1, 0}, 3)), 4, 5, 6, 4, 5, 6, 1, 2, 3);
        assertValues(Tensor.concatenate(1, sixes(), sixes().narrow(1, 0, 1)), 1, 2, 3, 1, 4, 5, 6, 4);
        assertArrayEquals(new long[] {2, 2, 3}, Tensor.stack(1, sixes(), sixes()).shape());
        assertArrayEquals(new long[] {3, 1, 2}, sixes().reshape(3, 2).unsqueeze(1).shape());
        assertArrayEquals(new long[] {3, 2}, sixes().reshape(3, 1, 2).squeeze(1).shape());
        assertValues(Tensor.of(new double[] {7, 8}, 1, 2).expand(2, 2), 7, 8, 7, 8);
    }

    @Test
    void arithmeticBroadcasts() {
        Tensor row = Tensor.of(new double[] {1, 0, -1}, 3);
        assertValues(sixes().add(row), 2, 2, 2, 5, 5, 5);
        assertValues(sixes().sub(row).mul(2).add(1), 1, 5, 9, 7, 11, 15);
        assertValues(sixes().mul(row).abs(), 1, 0, 3, 4, 0, 6);
        assertValues(row.div(Tensor.of(new double[] {2, 2, 4}, 3)).square(), 0.25, 0, 0.0625);
        assertValues(sixes().matmul(sixes().transpose(0, 1)), 14, 32, 32, 77);
        assertValues(row.clampMin(-0.5).lessThan(0.5), 0, 1, 1);
        assertValues(Tensor.of(new double[] {4, 0.25}, 2).sqrt().reciprocal(), 0.5, 2);
        assertEquals(21, sixes().sum().item());
        assertEquals(3.5, sixes().mean().item());
        assertValues(sixes().sum(-1), 6, 15);
        assertValues(Tensor.of(new double[] {3, 4, 0, 0}, 2, 2).norm(1), 5, 0);
        assertArrayEquals(new long[] {2, 0}, Tensor.of(new double[] {1, 2, 3, 6, 5, 4}, 2, 3).argmax(-1).toLongs());
        assertValues(Tensor.of(new double[] {0, Math.log(3)}, 2).softmax(0), 0.25, 0.75);
        assertArrayEquals(new double[] {-1, -0.5, 0, 0.5, 1},
                Tensor.linspace(-1, 1, 5, sixes()).toDoubles(), 1e-7);
    }

    @Test
    void elementsAreChosenByPlaceAndMask() {
        assertValues(sixes().gather(1, Tensor.of(new long[] {2, 0}, 2, 1)), 3, 4);
        assertArrayEquals(new long[] {0, 1, 1, 0},
                Tensor.of(new double[] {0, 5, -1, 0}, 2, 2).nonZero().toLongs());
        Tensor mask = Tensor.of(new double[] {1, 0, 2}, 3);
        assertValues(Tensor.where(mask, Tensor.of(new double[] {1, Double.NaN, 3}, 3), Tensor.of(new double[1], 1)),
                1, 0, 3);
        assertValues(Tensor.of(new double[] {1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}, 4)
                .finiteOr(7), 1, 7, 7, 7);
        assertValues(Tensor.of(new double[] {-1, 0, 0.5, 1, 1.5, Double.NaN}, 6).within(0, 1), 0, 1, 1, 1, 0, 0);
        assertValues(sixes().lessThan(Tensor.of(new double[] {2, 2, 4}, 3)), 1, 0, 1, 0, 0, 0);
    }

    @Test
    void functionsOfOneElement() {
        Tensor x = Tensor.of(new double[] {-1, 0, 2}, 3);
        assertValues(x.exp(), Math.exp(-1), 1, Math.exp(2));
        assertValues(x.exp().log(), -1, 0, 2);
        assertValues(x.tanh(), Math.tanh(-1), 0, Math.tanh(2));
        assertValues(x.sigmoid(), 1 / (1 + Math.E), 0.5, 1 / (1 + Math.exp(-2)));
        assertValues(x.softplus(), Math.log1p(Math.exp(-1)), Math.log(2), Math.log1p(Math.exp(2)));
        assertValues(x.reshape(1, 3).prelu(Tensor.of(new double[] {0.25}, 1)), -0.25, 0, 2);
    }

    @Test
    void reductionsOfOneAxis() {
        assertValues(sixes().mean(0), 2.5, 3.5, 4.5);
        assertValues(sixes().max(1), 3, 6);
        assertValues(sixes().cumulativeSum(1), 1, 3, 6, 4, 9, 15);
        assertValues(Tensor.of(new double[] {3, 4, 0, 0}, 2, 2).normalised(1), 0.6, 0.8, 0, 0);
        assertValues(Tensor.of(new double[] {0, Math.log(3), -1e4}, 3).logSoftmax(0), Math.log(0.25), Math.log(0.75),
                Math.log(0.25) - 1e4);
    }

    @Test
    void singularValuesOfABatch() {
        Tensor batch = Tensor.of(new double[] {3, 0, 0, 0, -5, 0, 0, 2, 0, 1, 0, 0}, 2, 2, 3);
        SingularValues parts = batch.singularValues(true);
        assertValues(parts.s(), 5, 3, 2, 1);
        assertArrayEquals(new long[] {2, 3, 3}, parts.vt().shape());
        Tensor first = parts.vt().narrow(1, 0, 2);
        assertValues(parts.u().mul(parts.s().unsqueeze(1)).matmul(first), batch.toDoubles());
        // the last row spans the null space
        assertValues(parts.vt().select(1, 2).abs(), 0, 0, 1, 0, 0, 1);
        assertArrayEquals(new long[] {2, 2, 3}, batch.singularValues(false).vt().shape());
    }

    void placesAreGatheredAndAddedTo() {
        Tensor places = Tensor.of(new long[] {2, 2, 0, 1}, 2, 2);
        assertValues(sixes().gather(1, places), 3, 3, 4, 5);
        Tensor values = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2).requireGradient(true);
        Tensor sums = sixes().mul(0).scatterAdd(1, places, values);
        assertValues(sums, 0, 0, 3, 3, 4, 0);
        sums.mul(sixes()).sum().backward();
        assertValues(values.gradient().orElseThrow(), 3, 3, 4, 5);
    }

    @Test
    void greatestValuesComeGreatestFirstWithTheirGradient() {
        Tensor leaf = Tensor.of(new double[] {1, 5, 3, 9, 2, 4}, 2, 3).requireGradient(true);
        Tensor greatest = leaf.greatest(2, 1);
        assertValues(greatest, 5, 3, 9, 4);
        greatest.mul(Tensor.of(new double[] {1, 10}, 2)).sum().backward();
        assertValues(leaf.gradient().orElseThrow(), 0, 1, 10, 1, 0, 10);
    }

    @Test
    void boundsAndRounding() {
        Tensor leaf = Tensor.of(new double[] {-0.5, 0.25, 1.5}, 3).requireGradient(true);
        assertValues(leaf.clamp(0, 1), 0, 0.25, 1);
        leaf.clamp(0, 1).sum().backward();
        assertValues(leaf.gradient().orElseThrow(), 0, 1, 0);
        assertValues(leaf.floor(), -1, 0, 1);
        assertArrayEquals(new long[] {0, 0, 1}, leaf.toInt64().toLongs());
        assertArrayEquals(new long[] {7}, Tensor.of(new long[] {7}, 1).onDeviceOf(sixes()).toLongs());
    }

    @Test
    void dilationSpreadsTheKernel() {
        Tensor image = Tensor.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
        Tensor weight = Tensor.of(new double[] {1, 0, 0, 1}, 1, 1, 2, 2);
        assertValues(image.convolve(weight, Optional.empty(), 1, 0, 2), 10);
        assertValues(image.convolve(weight, Optional.empty(), 1, 1, 2), 5, 6, 0, 8, 10, 2, 0, 4, 5);
    }

    @Test
    void finiteness() {
        assertTrue(sixes().isFinite());
        assertFalse(Tensor.of(new double[] {1, Double.NaN}, 2).isFinite());
        assertFalse(Tensor.of(new double[] {1, Double.NEGATIVE_INFINITY}, 2).isFinite());
    }

    @Test
    void layers() {
        Tensor image = Tensor.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
        Tensor weight = Tensor.of(new double[] {1, 0, 0, 1}, 1, 1, 2, 2);
        assertValues(image.convolve(weight, Optional.of(Tensor.of(new double[] {0.5}, 1)), 1, 0),
                6.5, 8.5, 12.5, 14.5);
        assertValues(image.convolve(weight, Optional.empty(), 2, 1), 1, 3, 7, 14);
        assertValues(image.maxPool(2, 1, 0), 5, 6, 8, 9);
        assertValues(image.pad(1, -2, -1, 0), 0, 4, 0, 7);
        assertValues(image.resizeBilinear(2, 2, true), 1, 3, 7, 9);
        assertValues(Tensor.of(new double[] {-1, 2}, 2).relu(), 0, 2);
        assertValues(Tensor.of(new double[] {-1, 2}, 2).elu(), Math.expm1(-1), 2);
        Tensor grid = Tensor.of(new double[] {-1, -1, 0.5, 0, 2, 2}, 1, 1, 3, 2);
        assertValues(image.sample(grid, true), 1, 5.5, 0);
        assertValues(image.sample(grid, false), 0.25, 5.75, 0);
    }

    @Test
    void paddingPoolingAndSamplingAtTheBorder() {
        Tensor image = Tensor.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
        assertValues(image.padReflecting(1, 0, 0, 0), 2, 1, 2, 3, 5, 4, 5, 6, 8, 7, 8, 9);
        assertValues(image.padRepeating(0, 1, 1, 0), 1, 2, 3, 3, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 9);
        assertValues(image.averagePool(2, 1), 3, 4, 6, 7);
        Tensor grid = Tensor.of(new double[] {-1, -1, 0.5, 0, 2, 2}, 1, 1, 3, 2);
        assertValues(image.sampleBorder(grid, false), 1, 5.75, 9);
    }

    @Test
    void groupNormalisationTakesGroupsOfChannels() {
        Tensor x = Tensor.of(new double[] {1, 3, 5, 7, 10, 20}, 1, 3, 1, 2);
        assertValues(x.normaliseGroups(3, Optional.empty(), Optional.empty(), 0), -1, 1, -1, 1, -1, 1);
        Tensor pairs = x.narrow(1, 0, 2);
        Tensor weight = Tensor.of(new double[] {Math.sqrt(5), 2 * Math.sqrt(5)}, 2);
        assertValues(pairs.normaliseGroups(1, Optional.of(weight), Optional.of(Tensor.of(new double[] {1, 0}, 2)), 0),
                -2, 0, 2, 6);
    }

    @Test
    void batchNormalisationMovesItsStatistics() {
        Tensor x = Tensor.of(new double[] {1, 3, 5, 7}, 2, 1, 1, 2);
        Tensor mean = Tensor.of(new double[] {0}, 1);
        Tensor variance = Tensor.of(new double[] {1}, 1);
        Tensor one = Tensor.of(new double[] {1}, 1);
        Tensor zero = Tensor.of(new double[] {0}, 1);
        assertValues(x.normaliseBatch(one, zero, mean, variance, false, 0.1, 0), 1, 3, 5, 7);
        double deviation = Math.sqrt(5);
        assertValues(x.normaliseBatch(one, zero, mean, variance, true, 0.1, 0), -3 / deviation, -1 / deviation,
                1 / deviation, 3 / deviation);
        assertValues(mean, 0.4);
        assertValues(variance, 0.9 + 0.1 * 20 / 3);
        assertValues(x.normaliseBatch(mean, variance, true, 0, 0), -3 / deviation, -1 / deviation, 1 / deviation,
                3 / deviation);
    }

    @Test
    void gradientsAddUpUntilCleared() {
        Tensor leaf = sixes().requireGradient(true);
        assertTrue(leaf.gradient().isEmpty());
        leaf.square().sum().backward();
        assertValues(leaf.gradient().orElseThrow(), 2, 4, 6, 8, 10, 12);
        leaf.sum().backward();
        assertValues(leaf.gradient().orElseThrow(), 3, 5, 7, 9, 11, 13);
        leaf.clearGradient();
        assertTrue(leaf.gradient().isEmpty());
        leaf.mul(leaf.detach()).sum().backward();
        assertValues(leaf.gradient().orElseThrow(), 1, 2, 3, 4, 5, 6);
    }

    @Test
    void theLengthOfAZeroVectorHasNoGradient() {
        Tensor leaf = Tensor.of(new double[] {0, 0, 3, 4}, 2, 2).requireGradient(true);
        leaf.norm(1).sum().backward();
        assertValues(leaf.gradient().orElseThrow(), 0, 0, 0.6, 0.8);
    }

    @Test
    void withoutGradientNothingIsRecorded() {
        Tensor leaf = sixes().requireGradient(true);
        Tensor constant;
        try (NoGradient noGradient = new NoGradient()) {
            constant = leaf.square().sum();
            leaf.assign(leaf.mul(2));
        }
        assertThrows(RuntimeException.class, constant::backward);
        leaf.sum().backward();
        assertValues(leaf.gradient().orElseThrow(), 1, 1, 1, 1, 1, 1);
        assertValues(leaf, 2, 4, 6, 8, 10, 12);
    }

    @Test
    void operationsInPlace() {
        Tensor x = Tensor.of(new double[] {1, 2}, 2);
        Tensor y = Tensor.of(new double[] {10, 20}, 2);
        x.scaleAndAdd(0.5, y, 0.1);
        assertValues(x, 1.5, 3);
        x.scaleAndAddProduct(2, y, y, 0.01);
        assertValues(x, 4, 10);
        x.addQuotient(y, Tensor.of(new double[] {5, 4}, 2), -1);
        assertValues(x, 2, 5);
    }

    /** What a scope keeps, the one around it frees. */
    @Test
    void scopesHandTensorsOn() {
        long before = Pointer.totalCount();
        try (TensorScope outer = new TensorScope()) {
            Tensor kept;
            try (TensorScope inner = new TensorScope()) {
                Tensor leaf = sixes().requireGradient(true);
                kept = inner.keep(leaf.mul(3).square().sum());
            }
            assertTrue(Pointer.totalCount() <= before + 1, "only the kept one is left");
            assertEquals(9 * 91, kept.item());
            kept.backward();
        }
        assertTrue(Pointer.totalCount() <= before, "and freed with the outer scope");
        scope.close();
        try (TensorScope outermost = new TensorScope()) {
            Tensor tensor = sixes();
            assertThrows(IllegalStateException.class, () -> outermost.keep(tensor));
        }
        scope = new TensorScope();
    }

    /** A scope frees what was made in it, but for what is retained. */
    @Test
    void scopesOwnWhatIsMadeInThem() {
        long before = Pointer.totalCount();
        Tensor kept;
        try (TensorScope inner = new TensorScope()) {
            kept = sixes().mul(2).retain();
            sixes().add(1).square();
        }
        assertTrue(Pointer.totalCount() <= before + 1, "only the retained one is left");
        assertValues(kept, 2, 4, 6, 8, 10, 12);
        kept.release();
        try (TensorScope inner = new TensorScope()) {
            assertEquals(21, sixes().sum().item());
        }
    }
}
