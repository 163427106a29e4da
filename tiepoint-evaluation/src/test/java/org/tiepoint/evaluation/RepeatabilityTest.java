package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RepeatabilityTest {
    private static final double[] SHIFT_BY_5 = {1, 0, 5, 0, 1, 0, 0, 0, 1};

    /**
     * Of the first image's points, (10, 10) is found again 2 pixels off, (20, 10) is not, and (38, 10) leaves the
     * image. Of the second's, (17, 10) is that of the first, (30, 20) is new, and (2, 2) lies outside the first image.
     */
    @Test
    void onlyPointsThatBothImagesShowCount() {
        Prediction prediction = Predictions.inOrder(new float[] {10, 10, 20, 10, 38, 10}, new float[] {17, 10, 30, 20,
            2, 2});
        assertEquals(2 / 4.0, Repeatability.of(SHIFT_BY_5, prediction, 3));
        assertEquals(2 / 4.0, Repeatability.of(SHIFT_BY_5, prediction, 2));
        assertEquals(0, Repeatability.of(SHIFT_BY_5, prediction, 1.9));
    }

    @Test
    void agreesWithAPlainSearch() {
        SplittableRandom random = new SplittableRandom(7);
        float[] first = new float[400];
        float[] second = new float[300];
        for (int i = 0; i < 400; i++) {
            first[i] = (float) random.nextDouble(i % 2 == 0 ? 40 : 30);
        }
        for (int i = 0; i < 300; i++) {
            second[i] = (float) random.nextDouble(i % 2 == 0 ? 40 : 30);
        }
        int inside = 0;
        int found = 0;
        for (int direction = 0; direction < 2; direction++) {
            float[] from = direction == 0 ? first : second;
            float[] to = direction == 0 ? second : first;
            for (int i = 0; i < from.length; i += 2) {
                double x = from[i] + (direction == 0 ? 5 : -5);
                double y = from[i + 1];
                boolean near = false;
                for (int j = 0; j < to.length; j += 2) {
                    near |= Math.hypot(to[j] - x, to[j + 1] - y) <= 0.7;
                }
                boolean in = x >= -0.5 && x < 39.5 && y >= -0.5 && y < 29.5;
                inside += in ? 1 : 0;
                found += in && near ? 1 : 0;
            }
        }
        assertEquals((double) found / inside, Repeatability.of(SHIFT_BY_5, Predictions.inOrder(first, second), 0.7),
                1e-12);
    }
}
