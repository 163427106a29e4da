package org.tiepoint.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;

class MatchPictureTest {
    private final Image first = new Image(100, 80, new byte[24_000]);
    private final Image second = new Image(60, 120, new byte[21_600]);
    private final Keypoints left = Keypoints.ofPositions(new float[] {20, 20, 80, 60});
    private final Keypoints right = Keypoints.ofPositions(new float[] {10, 100, 50, 30});
    private final Matches matches = new Matches(new int[] {0, 0, 1, 1}, new float[] {1, 1});

    @Test
    void drawsInliersFromPointToPoint() {
        Image picture = draw(new MatchPicture(), true, false);
        assertEquals(100 + 12 + 60, picture.width());
        assertEquals(120, picture.height());
        assertTrue(coloured(picture, 20, 20), "start");
        assertTrue(coloured(picture, 112 + 10, 100), "end");
        assertTrue(coloured(picture, 71, 60), "half way");
        assertTrue(!coloured(picture, 80, 60), "an outlier is drawn");
    }

    @Test
    void drawsAtMostTheLimitOfLines() {
        MatchPicture one = new MatchPicture(new MatchPicture.Options(1, 2000, false));
        Image picture = draw(one, true, true);
        assertTrue(coloured(picture, 20, 20) != coloured(picture, 80, 60));
    }

    @Test
    void shrinksWideImagesTogether() {
        Image picture = draw(new MatchPicture(new MatchPicture.Options(10, 92, true)), true, true);
        assertEquals(92, picture.width(), 1);
        assertEquals(60, picture.height());
        assertTrue(coloured(picture, 10, 10));
    }

    @Test
    void drawsWithoutMatches() {
        Keypoints none = Keypoints.ofPositions(new float[0]);
        Image picture = new MatchPicture().draw(first, second, none, none, new Matches(new int[0], new float[0]),
                new boolean[0]);
        assertEquals(172, picture.width());
    }

    @Test
    void refusesMarksOfAnotherLength() {
        assertThrows(IllegalArgumentException.class,
                () -> new MatchPicture().draw(first, second, left, right, matches, new boolean[1]));
    }

    @Test
    void selectsFromEveryCellBeforeASecondFromOne() {
        float[] xy = new float[22];
        float[] scores = new float[11];
        int[] indices = new int[22];
        boolean[] inliers = new boolean[11];
        for (int i = 0; i < 11; i++) {
            xy[2 * i] = i == 10 ? 90 : 5;
            xy[2 * i + 1] = 5;
            scores[i] = i == 10 ? 0 : i;
            indices[2 * i] = i;
            indices[2 * i + 1] = i;
            inliers[i] = i != 9;
        }
        assertEquals(List.of(8, 10, 7), SpreadSelection.select(Keypoints.ofPositions(xy), new Matches(indices, scores),
                inliers, first, 3));
    }

    private Image draw(MatchPicture picture, boolean... inliers) {
        return picture.draw(first, second, left, right, matches, inliers);
    }

    private static boolean coloured(Image image, int x, int y) {
        int at = 3 * (y * image.width() + x);
        int red = image.rgb()[at] & 0xFF;
        int green = image.rgb()[at + 1] & 0xFF;
        int blue = image.rgb()[at + 2] & 0xFF;
        return Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > 60;
    }
}
