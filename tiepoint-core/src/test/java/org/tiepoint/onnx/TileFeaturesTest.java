package org.tiepoint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;

class TileFeaturesTest {
    /** Half the size of the image. */
    private final List<Tile> tiles = Tile.of(InputFrame.of(new Image(1200, 400, new byte[3 * 1200 * 400]),
            new ModelCard.Input("image", ModelCard.Input.RGB, ModelCard.Input.INSIDE, 32, 32,
                    ModelCard.Padding.BORDER), 600), new OnnxExtractor.Tiling(256 * 256, 32));
    /** Of the first tile's core in the image. */
    private final float seam = 2 * tiles.get(0).core().right();

    /** Key points x, score, ... on one line; the descriptor is the score. */
    private static Features features(float... pairs) {
        int n = pairs.length / 2;
        float[] xy = new float[2 * n];
        float[] scores = new float[n];
        for (int i = 0; i < n; i++) {
            xy[2 * i] = pairs[2 * i];
            xy[2 * i + 1] = 50;
            scores[i] = pairs[2 * i + 1];
        }
        float[] sizes = new float[n];
        Arrays.fill(sizes, 16);
        float[] angles = new float[n];
        Arrays.fill(angles, -1);
        return new Features(new Keypoints(xy, scores, sizes, angles), 1, scores);
    }

    private Features best(int maxKeypoints, Features first, Features second) {
        TileFeatures collected = new TileFeatures(maxKeypoints);
        collected.add(tiles.get(0), first);
        collected.add(tiles.get(1), second);
        return collected.best();
    }

    @Test
    void theBestOfAllTilesComeFirst() {
        Features best = best(3, features(10, 9, 20, 2), features(seam + 80, 5, seam + 90, 4));
        assertArrayEquals(new float[] {9, 5, 4}, best.keypoints().scores());
        assertArrayEquals(new float[] {10, 50, seam + 80, 50, seam + 90, 50}, best.keypoints().xy());
        assertArrayEquals(new float[] {9, 5, 4}, best.descriptors());
        assertArrayEquals(new float[] {16, 16, 16}, best.keypoints().sizes());
    }

    @Test
    void thePointThatBothTilesFindCountsOnce() {
        Features best = best(9, features(seam - 0.4f, 3, 30, 2), features(seam + 0.3f, 4, seam + 3, 1));
        assertArrayEquals(new float[] {4, 2, 1}, best.keypoints().scores());
        best = best(9, features(seam - 0.4f, 4), features(seam + 0.3f, 3));
        assertEquals(seam - 0.4f, best.keypoints().x(0));
        assertEquals(1, best.keypoints().count());
    }

    @Test
    void neighboursOnBothSidesOfASeamStay() {
        assertEquals(2, best(9, features(seam - 1, 3), features(seam + 1, 4)).keypoints().count());
    }
}
