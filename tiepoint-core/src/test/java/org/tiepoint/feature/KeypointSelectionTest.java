package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class KeypointSelectionTest {
    private static final int WIDTH = 9;
    private static final int HEIGHT = 7;
    private static final KeypointSelection.Options DEFAULTS = KeypointSelection.Options.defaults();

    private static float[] map() {
        return new float[WIDTH * HEIGHT];
    }

    private static Keypoints select(float[] scores, int max, KeypointSelection.Options options) {
        return KeypointSelection.select(new ScoreMap(WIDTH, HEIGHT, scores), max, options);
    }

    @Test
    void theBestLocalMaximaComeFirst() {
        float[] scores = map();
        scores[2 * WIDTH + 2] = 1;
        scores[2 * WIDTH + 6] = 3;
        scores[5 * WIDTH + 4] = 2;
        assertArrayEquals(new float[] {6, 2, 4, 5, 2, 2}, select(scores, 10, DEFAULTS).xy());
        assertArrayEquals(new float[] {3, 2, 1}, select(scores, 10, DEFAULTS).scores());
        assertArrayEquals(new float[] {6, 2, 4, 5}, select(scores, 2, DEFAULTS).xy());
        assertEquals(0, select(scores, 0, DEFAULTS).count());
        assertEquals(0, select(map(), 10, DEFAULTS).count());
    }

    @Test
    void positionsAreTheMeanOfTheNeighbourhoodByScore() {
        float[] scores = map();
        scores[3 * WIDTH + 3] = 4;
        scores[3 * WIDTH + 4] = 2;
        scores[4 * WIDTH + 3] = 1;
        scores[4 * WIDTH + 4] = 1;
        assertArrayEquals(new float[] {3 + 3 / 8f, 3 + 2 / 8f}, select(scores, 10, DEFAULTS).xy(), 1e-6f);
    }

    @Test
    void borderPixelsAreNoneAndSuppressNone() {
        float[] scores = map();
        scores[3] = 9; // in the first row
        scores[WIDTH + 3] = 5; // below it
        scores[(HEIGHT - 1) * WIDTH + WIDTH - 1] = 9;
        Keypoints found = select(scores, 10, DEFAULTS);
        assertEquals(1, found.count());
        assertEquals(3, found.x(0));
        assertEquals(1 - 9 / 14f, found.y(0), 1e-6f);
        assertEquals(9, found.scores()[0]);
    }

    @Test
    void theRadiusAndTheThresholdDropPoints() {
        float[] scores = map();
        scores[2 * WIDTH + 2] = 1.5f;
        scores[2 * WIDTH + 4] = 2;
        scores[4 * WIDTH + 7] = 1;
        assertEquals(3, select(scores, 10, DEFAULTS).count());
        KeypointSelection.Options wide = new KeypointSelection.Options(2, OptionalDouble.empty());
        assertArrayEquals(new float[] {4, 2, 7, 4}, select(scores, 10, wide).xy());
        KeypointSelection.Options above = new KeypointSelection.Options(1, OptionalDouble.of(1));
        assertArrayEquals(new float[] {4, 2, 2, 2}, select(scores, 10, above).xy());
    }

    @Test
    void aPlateauIsOnePoint() {
        float[] scores = map();
        scores[3 * WIDTH + 3] = 1;
        scores[3 * WIDTH + 4] = 1;
        scores[4 * WIDTH + 3] = 1;
        assertEquals(1, select(scores, 10, DEFAULTS).count());
    }

    @Test
    void argumentsAreChecked() {
        assertEquals("radius is 0: it must be 1 to 64 pixels", assertThrows(IllegalArgumentException.class,
                () -> new KeypointSelection.Options(0, OptionalDouble.empty())).getMessage());
    }
}
