package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FeatureMapTest {
    /** Channel 0 is x + 10 y, channel 1 is 5. */
    private final FeatureMap ramp = new FeatureMap(2, 6, 7, ramp());

    private static float[] ramp() {
        float[] values = new float[2 * 42];
        for (int i = 0; i < 42; i++) {
            values[i] = i % 7 + 10 * (i / 7);
            values[42 + i] = 5;
        }
        return values;
    }

    @Test
    void bothInterpolationsFollowARamp() {
        float[] sampled = new float[6];
        ramp.bilinear(2.25, 3.5, sampled, 1);
        assertArrayEquals(new float[] {0, 37.25f, 5, 0, 0, 0}, sampled, 1e-4f);
        ramp.bicubic(2.5, 3, sampled, 3);
        assertEquals(32.5f, sampled[3], 1e-4f);
        assertEquals(5, sampled[4], 1e-4f);
    }

    @Test
    void pixelsAreKeptAndTheOutsideIsZero() {
        float[] sampled = new float[2];
        ramp.bicubic(4, 2, sampled, 0);
        assertArrayEquals(new float[] {24, 5}, sampled, 1e-5f);
        ramp.bilinear(-0.5, 0, sampled, 0);
        assertEquals(2.5f, sampled[1], 1e-5f);
        ramp.bicubic(-5, 2, sampled, 0);
        assertEquals(0, sampled[1]);
    }

    /** The weights of PyTorch's grid_sample at a quarter: cubic convolution with a = -0.75. */
    @Test
    void theCubicIsPyTorchs() {
        float[] sampled = new float[1];
        float[] expected = {-0.10546875f, 0.87890625f, 0.26171875f, -0.03515625f};
        for (int i = 0; i < 4; i++) {
            float[] one = new float[4];
            one[i] = 1;
            new FeatureMap(1, 1, 4, one).bicubic(1.25, 0, sampled, 0);
            assertEquals(expected[i], sampled[0], 1e-6f);
        }
    }

    @Test
    void normalisesEveryPosition() {
        float[] values = new FeatureMap(2, 1, 2, new float[] {3, 0, 4, 0}).normalised().values();
        assertArrayEquals(new float[] {0.6f, 0, 0.8f, 0}, values, 1e-6f);
    }

    @Test
    void refusesAnotherNumberOfValues() {
        assertThrows(IllegalArgumentException.class, () -> new FeatureMap(2, 2, 2, new float[7]));
    }
}
