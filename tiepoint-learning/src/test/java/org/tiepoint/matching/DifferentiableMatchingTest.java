package org.tiepoint.matching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class DifferentiableMatchingTest {
    /** Dot products k * (|p|^2 - |x - p|^2): the match distribution is a Gaussian around p. */
    private static final double SHARPNESS = 200;
    private static final double DEVIATION = Math.sqrt(1 / (2 * SHARPNESS));

    private static Tensor paraboloid(int height, int width) {
        double[] values = new double[4 * height * width];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double x = -1 + 2.0 * column / (width - 1);
                double y = -1 + 2.0 * row / (height - 1);
                double[] features = {x, y, x * x + y * y, 1};
                for (int c = 0; c < 4; c++) {
                    values[(c * height + row) * width + column] = features[c];
                }
            }
        }
        return Tensor.of(values, 1, 4, height, width);
    }

    private static Tensor descriptor(double x, double y) {
        return Tensor.of(new double[] {2 * SHARPNESS * x, 2 * SHARPNESS * y, -SHARPNESS, 0}, 1, 1, 4);
    }

    @Test
    void expectationAndSpreadOfAPeak() {
        try (TensorScope scope = new TensorScope()) {
            Tensor map = paraboloid(41, 61);
            Locations found = DifferentiableMatching.expectation(descriptor(0.23, -0.4), map);
            assertArrayEquals(new long[] {1, 1, 2}, found.position().shape());
            assertArrayEquals(new double[] {0.23, -0.4}, found.position().toDoubles(), 1e-5);
            assertArrayEquals(new double[] {2 * DEVIATION}, found.spread().toDoubles(), 1e-4);
            assertArrayEquals(new double[] {-1 + 2.0 * 37 / 60, -0.4},
                    DifferentiableMatching.nearestNeighbour(descriptor(0.23, -0.4), map).toDoubles(), 1e-6);
        }
    }

    @Test
    void theWindowFindsThePeakWithinItAlone() {
        try (TensorScope scope = new TensorScope()) {
            Tensor map = paraboloid(41, 61);
            Tensor centre = Tensor.of(new double[] {0.1, -0.2}, 1, 1, 2);
            Locations found = DifferentiableMatching.expectationInWindow(descriptor(0.15, -0.1), map, centre, 0.5);
            assertArrayEquals(new double[] {0.15, -0.1}, found.position().toDoubles(), 3e-3);
            assertArrayEquals(new double[] {2 * DEVIATION}, found.spread().toDoubles(), 1e-2);
            // the peak lies outside: the nearest side of the window wins
            Locations far = DifferentiableMatching.expectationInWindow(descriptor(0.9, -0.2), map, centre, 0.25);
            assertEquals(0.35, far.position().toDoubles()[0], 0.02);
        }
    }

    @Test
    void everyQueryOfABatchIsSearchedInItsOwnMap() {
        try (TensorScope scope = new TensorScope()) {
            Tensor left = paraboloid(21, 21);
            Tensor maps = Tensor.concatenate(0, left, left.mul(0));
            Tensor queries = Tensor.concatenate(1, descriptor(0.5, 0.5), descriptor(-0.5, 0)).expand(2, 2, 4);
            double[] found = DifferentiableMatching.expectation(queries, maps).position().toDoubles();
            assertArrayEquals(new double[] {0.5, 0.5, -0.5, 0, 0, 0, 0, 0}, found, 1e-3);
        }
    }

    @Test
    void samplesInterpolateAndAreZeroOutside() {
        try (TensorScope scope = new TensorScope()) {
            Tensor map = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);
            double[] positions = {-1, -1, 1, 1, 0, 0, -0.5, 1, 3, 0, 0, -9};
            assertArrayEquals(new double[] {1, 6, 3.5, 4.5, 0, 0},
                    DifferentiableMatching.sample(map, Tensor.of(positions, 1, 6, 2)).toDoubles(), 1e-12);
        }
    }

    /** A query outside the image has a descriptor of zeros: every position is as likely. */
    @Test
    void aQueryOutsideIsExpectedInTheMiddleWithTheGreatestSpread() {
        try (TensorScope scope = new TensorScope()) {
            Tensor map = paraboloid(11, 11);
            Tensor outside = DifferentiableMatching.sample(map, Tensor.of(new double[] {5, 5}, 1, 1, 2));
            Locations found = DifferentiableMatching.expectation(outside, map);
            assertArrayEquals(new double[] {0, 0}, found.position().toDoubles(), 1e-6);
            assertArrayEquals(new double[] {2 * Math.sqrt(0.4)}, found.spread().toDoubles(), 1e-6);
            Locations inWindow = DifferentiableMatching.expectationInWindow(descriptor(0, 0), map,
                    Tensor.of(new double[] {8, 8}, 1, 1, 2), 0.5);
            assertArrayEquals(new double[] {8, 8}, inWindow.position().toDoubles(), 1e-6);
        }
    }

    @Test
    void aWindowWithoutAPositionIsRefused() {
        try (TensorScope scope = new TensorScope()) {
            Tensor centre = Tensor.zeros(1, 1, 2).toFloat64();
            assertEquals("a window of 0.125 holds 0x2 positions of a 7x16 map: enlarge the image or the window",
                    assertThrows(IllegalArgumentException.class, () -> DifferentiableMatching.expectationInWindow(
                            descriptor(0, 0), paraboloid(16, 7), centre, 0.125)).getMessage());
            assertThrows(IllegalArgumentException.class, () -> DifferentiableMatching.expectationInWindow(
                    descriptor(0, 0), paraboloid(7, 16), centre, 0.125));
        }
    }

    @Test
    void borderPixelsAreAtOne() {
        try (TensorScope scope = new TensorScope()) {
            Tensor pixels = Tensor.of(new double[] {0, 0, 639, 479, 319.5, 0}, 1, 3, 2);
            Tensor positions = DifferentiableMatching.normalise(pixels, 640, 480);
            assertArrayEquals(new double[] {-1, -1, 1, 1, 0, -1}, positions.toDoubles(), 1e-12);
            assertArrayEquals(pixels.toDoubles(),
                    DifferentiableMatching.denormalise(positions, 640, 480).toDoubles(), 1e-9);
        }
    }

    /** Gradients of locations and spreads with respect to map and descriptors, against central differences. */
    @Test
    void gradientsAgreeWithFiniteDifferences() {
        try (TensorScope scope = new TensorScope()) {
            double[] map = noise(3 * 6 * 8, 1);
            double[] descriptors = noise(2 * 3, 2);
            Tensor weights = Tensor.of(noise(8, 3), 1, 2, 4);
            Tensor mapLeaf = Tensor.of(map, 1, 3, 6, 8).requireGradient(true);
            Tensor descriptorLeaf = Tensor.of(descriptors, 1, 2, 3).requireGradient(true);
            objective(descriptorLeaf, mapLeaf, weights).backward();
            assertGradient(map, mapLeaf, () -> objective(Tensor.of(descriptors, 1, 2, 3),
                    Tensor.of(map, 1, 3, 6, 8), weights).item());
            assertGradient(descriptors, descriptorLeaf, () -> objective(Tensor.of(descriptors, 1, 2, 3),
                    Tensor.of(map, 1, 3, 6, 8), weights).item());
        }
    }

    private static Tensor objective(Tensor descriptors, Tensor map, Tensor weights) {
        Locations all = DifferentiableMatching.expectation(descriptors, map);
        Locations window = DifferentiableMatching.expectationInWindow(descriptors, map, all.position(), 0.5);
        Tensor values = Tensor.concatenate(2, window.position(), window.spread().unsqueeze(2),
                all.spread().unsqueeze(2));
        return values.mul(weights).sum();
    }

    private static void assertGradient(double[] values, Tensor leaf, Supplier<Double> function) {
        double[] gradient = leaf.gradient().orElseThrow().toDoubles();
        double step = 1e-5;
        boolean nonZero = false;
        for (int i = 0; i < values.length; i++) {
            double kept = values[i];
            values[i] = kept + step;
            double above = function.get();
            values[i] = kept - step;
            double below = function.get();
            values[i] = kept;
            assertEquals((above - below) / (2 * step), gradient[i], 1e-7, "element " + i);
            nonZero |= Math.abs(gradient[i]) > 1e-4;
        }
        assertTrue(nonZero);
    }

    private static double[] noise(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextDouble() - 1;
        }
        return values;
    }
}
