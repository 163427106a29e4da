package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.tiepoint.image.TestImages;

class RandomDetectorTest extends DetectorContractTest {
    @Override
    Detector detector() {
        return new RandomDetector(5);
    }

    @Test
    void givesAsManyAsAskedForAndCoversTheImage() {
        Keypoints found = detector().detect(image, 4000);
        assertEquals(4000, found.count());
        double x = 0;
        double y = 0;
        for (int i = 0; i < 4000; i++) {
            x += found.x(i) / 4000;
            y += found.y(i) / 4000;
        }
        assertEquals(159 / 2.0, x, 3);
        assertEquals(119 / 2.0, y, 3);
    }

    @Test
    void differsBySeedAndByImage() {
        float usual = detector().detect(image, 1).x(0);
        assertNotEquals(usual, new RandomDetector(6).detect(image, 1).x(0));
        assertNotEquals(usual, detector().detect(TestImages.blobs(160, 120, 8), 1).x(0));
    }
}
