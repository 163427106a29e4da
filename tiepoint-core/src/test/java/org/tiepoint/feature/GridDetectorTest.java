package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;

class GridDetectorTest extends DetectorContractTest {
    @Override
    Detector detector() {
        return new GridDetector();
    }

    @Test
    void putsPointsInTheMiddleOfCells() {
        Keypoints found = detector().detect(new Image(4, 2, new byte[24]), 2);
        assertArrayEquals(new float[] {0.5f, 0.5f, 2.5f, 0.5f}, found.xy());
    }

    @Test
    void comesNearTheLimit() {
        for (int limit : new int[] {1, 10, 99, 500, 2000}) {
            int count = detector().detect(image, limit).count();
            assertTrue(count > limit * 0.7, count + " of " + limit);
        }
        assertEquals(3, detector().detect(new Image(1, 300, new byte[900]), 3).count());
    }
}
