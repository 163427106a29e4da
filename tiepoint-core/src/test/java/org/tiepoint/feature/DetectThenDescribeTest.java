package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;
import org.tiepoint.image.TestImages;

class DetectThenDescribeTest {
    private final List<String> closed = new ArrayList<>();

    private final class Grid implements Detector {
        @Override
        public Keypoints detect(Image image, int maxKeypoints) {
            return new GridDetector().detect(image, maxKeypoints);
        }

        @Override
        public void close() {
            closed.add("detector");
        }
    }

    private final class Sift implements Describer {
        private final boolean fails;

        Sift(boolean fails) {
            this.fails = fails;
        }

        @Override
        public Features describe(Image image, Keypoints keypoints) {
            return new SiftDescriber().describe(image, keypoints);
        }

        @Override
        public int dimension() {
            return 128;
        }

        @Override
        public void close() {
            closed.add("describer");
            if (fails) {
                throw new IllegalStateException("describer");
            }
        }
    }

    @Test
    void describesWhatWasDetected() {
        Image image = TestImages.blobs(80, 60, 3);
        try (DetectThenDescribe both = new DetectThenDescribe(new Grid(), new Sift(false), 12)) {
            Keypoints expected = new GridDetector().detect(image, 12);
            assertArrayEquals(expected.xy(), both.extract(image).keypoints().xy());
            assertEquals(128, both.dimension());
        }
    }

    @Test
    void closesBothWhateverHappens() {
        new DetectThenDescribe(new Grid(), new Sift(false), 1).close();
        assertEquals(List.of("describer", "detector"), closed);
        assertThrows(IllegalStateException.class, () -> new DetectThenDescribe(new Grid(), new Sift(true), 1).close());
        assertEquals(List.of("describer", "detector", "describer", "detector"), closed);
    }

    @Test
    void aLimitOfNoKeypointsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DetectThenDescribe(new Grid(), new Sift(false), 0));
    }
}
