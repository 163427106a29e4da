package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;

class SiftDetectorTest extends DetectorContractTest {
    @Override
    Detector detector() {
        return new SiftDetector();
    }

    @Test
    void findsTheCentreOfABlobWithoutBias() {
        int width = 120;
        byte[] rgb = new byte[3 * width * width];
        for (int i = 0; i < rgb.length; i++) {
            double x = i / 3 % width - 57.3;
            double y = i / 3 / width - 63.6;
            rgb[i] = (byte) Math.round(20 + 200 * Math.exp(-(x * x + y * y) / (2 * 4 * 4)));
        }
        Keypoints found = detector().detect(new Image(width, width, rgb), 1);
        assertEquals(57.3, found.x(0), 0.06);
        assertEquals(63.6, found.y(0), 0.06);
        assertEquals(8, found.sizes()[0], 1.5);
    }

    @Test
    void findsNothingInAFlatImage() {
        byte[] grey = new byte[3 * 64 * 64];
        Arrays.fill(grey, (byte) 90);
        assertEquals(0, detector().detect(new Image(64, 64, grey), 100).count());
    }

    @Test
    void findsMoreUnderALowerThreshold() {
        int usual = detector().detect(image, 10_000).count();
        int more = new SiftDetector(new SiftDetector.Options(0.005)).detect(image, 10_000).count();
        assertTrue(more > usual, more + " " + usual);
    }

    @Test
    void takesTheBestOfAll() {
        Keypoints all = detector().detect(image, 10_000);
        Keypoints some = detector().detect(image, 20);
        assertArrayEquals(Arrays.copyOf(all.xy(), 40), some.xy());
    }

    @Test
    void refusesImpossibleThresholds() {
        assertThrows(IllegalArgumentException.class, () -> new SiftDetector.Options(-0.1));
        assertThrows(IllegalArgumentException.class, () -> new SiftDetector.Options(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new SiftDetector.Options(0.04, 1));
    }
}
