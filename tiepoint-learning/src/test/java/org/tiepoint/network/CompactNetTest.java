package org.tiepoint.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class CompactNetTest {
    private static Tensor image(long height, long width) {
        float[] values = new float[(int) (3 * height * width)];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensor.of(values, 1, 3, height, width);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void mapsHaveTheirSizes(int stride) {
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient();
                CompactNet network = new CompactNet(new CompactNet.Options(24, 4, 2, stride), 1, Device.CPU)) {
            ScoringBackbone.Maps maps = network.apply(image(64, 96), false);
            assertArrayEquals(new long[] {1, 24, 64 / stride, 96 / stride}, maps.descriptors().shape());
            assertArrayEquals(new long[] {1, 1, 64, 96}, maps.logits().shape());
            assertEquals(stride, network.stride());
            for (float score : maps.scores().toFloats()) {
                assertTrue(score > 0 && score < 1);
            }
        }
    }

    /** The four values of a position are the pixels of its cell, row by row. */
    @Test
    void scoresLieWhereTheirCellsAre() {
        try (TensorScope scope = new TensorScope()) {
            float[] values = new float[4 * 2 * 3];
            for (int i = 0; i < values.length; i++) {
                values[i] = i;
            }
            float[] pixels = CompactNet.pixels(Tensor.of(values, 1, 4, 2, 3)).toFloats();
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 6; x++) {
                    assertEquals((y % 2 * 2 + x % 2) * 6 + y / 2 * 3 + x / 2, pixels[6 * y + x]);
                }
            }
        }
    }

    /** Else key points would stick to it, wherever the picture lies. */
    @Test
    void aPatternThatRepeatsInEveryCellVanishes() {
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient();
                CompactNet network = new CompactNet(new CompactNet.Options(8, 4, 1, 8), 1, Device.CPU)) {
            network.parameters().learned().get("score.weight").assign(Tensor.zeros(4, 4, 1, 1));
            network.parameters().learned().get("score.bias").assign(Tensor.of(new float[] {0, 1, 2, 3}, 4));
            for (float logit : network.apply(image(32, 64), false).logits().toFloats()) {
                assertEquals(1.5, logit, 1e-6);
            }
        }
    }

    /** Moving the picture by the coarsest stride moves both maps: nothing depends on the place. */
    @Test
    void mapsMoveWithThePicture() {
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient();
                CompactNet network = new CompactNet(new CompactNet.Options(8, 4, 1, 4), 1, Device.CPU)) {
            Tensor wide = image(192, 384);
            Tensor left = network.apply(wide.narrow(3, 0, 352), false).logits();
            Tensor right = network.apply(wide.narrow(3, 32, 352), false).logits();
            double difference = left.narrow(3, 192, 32).narrow(2, 80, 32).sub(right.narrow(3, 160, 32).narrow(2, 80, 32))
                    .abs().max(3).max(2).item();
            assertEquals(0, difference, 1e-4);
        }
    }

    @Test
    void optionsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new CompactNet.Options(64, 16, 3, 2));
        assertThrows(IllegalArgumentException.class, () -> new CompactNet.Options(4, 16, 3, 8));
    }
}
