package org.tiepoint.evaluation.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.image.Image;

class BlurTest {
    @Test
    void sigmaZeroChangesNothing() {
        Image photo = TestPhoto.ramp(20, 20);
        assertSame(photo, Blur.of(photo, 0));
    }

    /** A white line becomes a Gaussian: its second moment across the line is sigma squared. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 3})
    void aLineSpreadsBySigma(double sigma) {
        byte[] rgb = new byte[3 * 61 * 61];
        for (int y = 0; y < 61; y++) {
            for (int channel = 0; channel < 3; channel++) {
                rgb[3 * (y * 61 + 30) + channel] = (byte) 255;
            }
        }
        Image blurred = Blur.of(new Image(61, 61, rgb), sigma);
        double sum = 0;
        double moment = 0;
        for (int x = 0; x < 61; x++) {
            int value = TestPhoto.value(blurred, x, 30, 1);
            sum += value;
            moment += value * (x - 30.0) * (x - 30);
        }
        assertEquals(sigma * sigma, moment / sum, 0.06 * sigma * sigma);
        assertEquals(TestPhoto.value(blurred, 30, 30, 0), TestPhoto.value(blurred, 30, 0, 0));
    }
}
