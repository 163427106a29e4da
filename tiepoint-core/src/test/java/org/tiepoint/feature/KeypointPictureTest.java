package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;

class KeypointPictureTest {
    private final KeypointPicture picture = new KeypointPicture(1024);
    private final Image grey = grey(100, 80);

    private static Image grey(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) 100);
        return new Image(width, height, rgb);
    }

    private static Keypoints points(float[] xy, float... scores) {
        Keypoints positions = Keypoints.ofPositions(xy);
        return new Keypoints(xy, scores, positions.sizes(), positions.angles());
    }

    private static int channel(Image image, int x, int y, int channel) {
        return image.rgb()[3 * (y * image.width() + x) + channel] & 255;
    }

    /** Pixels greener than red within 8 pixels. */
    private static int green(Image image, int x, int y) {
        int count = 0;
        for (int v = y - 8; v <= y + 8; v++) {
            for (int u = x - 8; u <= x + 8; u++) {
                count += channel(image, u, v, 1) > channel(image, u, v, 0) + 20 ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void betterPointsHaveLargerCircles() {
        Image drawn = picture.draw(grey, points(new float[] {20, 20, 50, 60, 80, 20}, 1, 1000, 10), Optional.empty());
        assertEquals(100, drawn.width());
        assertEquals(80, drawn.height());
        int weak = green(drawn, 20, 20);
        int middle = green(drawn, 80, 20);
        int strong = green(drawn, 50, 60);
        assertTrue(0 < weak && weak < middle && middle < strong, weak + " " + middle + " " + strong);
        assertEquals(100, channel(drawn, 20, 60, 0));
        // around the place: the ring's pixels left, right, above and below are alike
        assertEquals(channel(drawn, 46, 60, 1), channel(drawn, 54, 60, 1), 10);
        assertEquals(channel(drawn, 50, 56, 1), channel(drawn, 50, 64, 1), 10);
    }

    @Test
    void equalScoresHaveEqualCircles() {
        Image drawn = picture.draw(grey, points(new float[] {20, 20, 50, 60, 80, 20}, 1, 1, 1), Optional.empty());
        assertEquals(green(drawn, 20, 20), green(drawn, 50, 60));
        assertEquals(green(drawn, 20, 20), green(drawn, 80, 20));
    }

    @Test
    void brightnessFollowsTheLogarithmOfTheScore() {
        float[] values = new float[100 * 80];
        Arrays.fill(values, 1e-3f);
        for (int i = 0; i < 20; i++) {
            values[30 * 100 + i] = 1e3f;
            values[40 * 100 + i] = 1;
        }
        Image drawn = picture.draw(grey, points(new float[0]), Optional.of(new ScoreMap(100, 80, values)));
        assertEquals(200, drawn.width());
        assertEquals(100, channel(drawn, 50, 50, 0));
        int dark = sum(drawn, 150, 60);
        int half = sum(drawn, 105, 40);
        int bright = sum(drawn, 105, 30);
        assertTrue(dark < 20 && bright > 600 && half > 200 && half < 500, dark + " " + half + " " + bright);
    }

    private static int sum(Image image, int x, int y) {
        return channel(image, x, y, 0) + channel(image, x, y, 1) + channel(image, x, y, 2);
    }

    @Test
    void largeImagesAreReducedWithTheirPointsAndScores() {
        ScoreMap half = new ScoreMap(200, 160, new float[200 * 160]);
        Image drawn = new KeypointPicture(100).draw(grey(400, 320), points(new float[] {200, 160}, 1),
                Optional.of(half));
        assertEquals(200, drawn.width());
        assertEquals(80, drawn.height());
        assertTrue(green(drawn, 50, 40) > 0);
        assertTrue(sum(drawn, 150, 40) < 20, "no score is black");
    }

    @Test
    void nothingIsDrawnWithoutPoints() {
        assertArrayEquals(grey.rgb(), picture.draw(grey, points(new float[0]), Optional.empty()).rgb());
        assertThrows(IllegalArgumentException.class, () -> new KeypointPicture(15));
    }
}
