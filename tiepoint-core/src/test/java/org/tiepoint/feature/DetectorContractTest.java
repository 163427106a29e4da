package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;
import org.tiepoint.image.TestImages;

/** What every detector promises. */
abstract class DetectorContractTest {
    final Image image = TestImages.blobs(160, 120, 7);

    abstract Detector detector();

    @Test
    void keepsToTheLimit() {
        for (int limit : new int[] {0, 1, 2, 17, 100}) {
            assertTrue(detector().detect(image, limit).count() <= limit);
        }
        assertTrue(detector().detect(image, 100).count() > 20);
        assertThrows(IllegalArgumentException.class, () -> detector().detect(image, -1));
    }

    @Test
    void staysInsideTheImageBestFirst() {
        Keypoints found = detector().detect(image, 500);
        for (int i = 0; i < found.count(); i++) {
            assertTrue(found.x(i) >= -0.5 && found.x(i) < image.width(), "x " + found.x(i));
            assertTrue(found.y(i) >= -0.5 && found.y(i) < image.height(), "y " + found.y(i));
            assertTrue(found.sizes()[i] > 0);
            assertTrue(i == 0 || found.scores()[i] <= found.scores()[i - 1]);
        }
    }

    @Test
    void givesTheSameFromManyThreads() {
        Keypoints once = detector().detect(image, 300);
        List<Keypoints> again = IntStream.range(0, 8).parallel().mapToObj(i -> detector().detect(image, 300)).toList();
        for (Keypoints other : again) {
            assertArrayEquals(once.xy(), other.xy());
            assertArrayEquals(once.scores(), other.scores());
            assertArrayEquals(once.angles(), other.angles());
        }
    }

    @Test
    void takesTheSmallestImage() {
        assertTrue(detector().detect(new Image(1, 1, new byte[3]), 5).count() <= 5);
        assertEquals(0, detector().detect(new Image(1, 1, new byte[3]), 0).count());
    }
}
