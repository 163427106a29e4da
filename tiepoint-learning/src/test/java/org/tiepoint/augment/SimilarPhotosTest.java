package org.tiepoint.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SimilarPhotosTest {
    private static final float[][] DESCRIPTORS = {{1, 0}, {1, 0.1f}, {1, 0.2f}, {1, 0.3f}, {0, 1}};

    @Test
    void theNearestOfOtherScenesComeFirst() {
        assertArrayEquals(new int[][] {{2, 3}, {2, 3}, {1, 0}, {1, 0}, {3, 2}},
                SimilarPhotos.ofOtherScenes(DESCRIPTORS, new int[] {0, 0, 1, 1, 2}, 2));
    }

    @Test
    void oneSceneAloneHasNone() {
        assertArrayEquals(new int[5][0], SimilarPhotos.ofOtherScenes(DESCRIPTORS, new int[5], 3));
        assertThrows(IllegalArgumentException.class,
                () -> SimilarPhotos.ofOtherScenes(DESCRIPTORS, new int[4], 3));
    }
}
