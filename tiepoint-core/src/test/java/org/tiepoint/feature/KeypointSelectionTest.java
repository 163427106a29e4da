package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
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

    /** Random maps, some of few levels, so that neighbours are often equal, and with empty regions. */
    @Test
    void choosesWhatThePlainFormChooses() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            int width = 1 + random.nextInt(30);
            int height = 1 + random.nextInt(30);
            int levels = round % 2 == 0 ? 4 : 1 << 20;
            float[] scores = new float[width * height];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = random.nextInt(4) == 0 ? 0 : (float) random.nextInt(levels) / levels * 3;
            }
            ScoreMap map = new ScoreMap(width, height, scores);
            KeypointSelection.Options options = new KeypointSelection.Options(1 + random.nextInt(4),
                    round % 3 == 0 ? OptionalDouble.of(0.7) : OptionalDouble.empty());
            List<Integer> expected = plain(map, options);
            int most = random.nextInt(60);
            Keypoints found = KeypointSelection.select(map, most, options);
            assertEquals(Math.min(most, expected.size()), found.count());
            for (int i = 0; i < found.count(); i++) {
                assertArrayEquals(refined(map, expected.get(i)), new float[] {found.x(i), found.y(i),
                    found.scores()[i]}, 1e-5f);
            }
            KeypointSelection.Area area = new KeypointSelection.Area(random.nextInt(width), random.nextInt(height),
                    width - random.nextInt(3), height - random.nextInt(3));
            expected.removeIf(place -> !area.contains(place % width, place / width));
            assertEquals(Math.min(most, expected.size()),
                    KeypointSelection.select(map, area, most, options).count());
        }
    }

    /** Every pixel beside the border with every other of its square, sorted. */
    private static List<Integer> plain(ScoreMap map, KeypointSelection.Options options) {
        List<Integer> places = new ArrayList<>();
        for (int y = 1; y < map.height() - 1; y++) {
            for (int x = 1; x < map.width() - 1; x++) {
                float score = map.values()[y * map.width() + x];
                boolean greatest = score > Math.max(0, options.minimumScore().orElse(0));
                for (int v = y - options.radius(); v <= y + options.radius(); v++) {
                    for (int u = x - options.radius(); u <= x + options.radius(); u++) {
                        if (u >= 1 && u < map.width() - 1 && v >= 1 && v < map.height() - 1) {
                            float other = map.values()[v * map.width() + u];
                            boolean before = v < y || v == y && u < x;
                            greatest &= other < score || other == score && !before;
                        }
                    }
                }
                if (greatest) {
                    places.add(y * map.width() + x);
                }
            }
        }
        places.sort(Comparator.comparingDouble((Integer place) -> -map.values()[place]));
        return places;
    }

    private static float[] refined(ScoreMap map, int place) {
        double[] sums = new double[3];
        float greatest = 0;
        for (int v = place / map.width() - 1; v <= place / map.width() + 1; v++) {
            for (int u = place % map.width() - 1; u <= place % map.width() + 1; u++) {
                float score = map.values()[v * map.width() + u];
                sums[0] += u * (double) score;
                sums[1] += v * (double) score;
                sums[2] += score;
                greatest = Math.max(greatest, score);
            }
        }
        return new float[] {(float) (sums[0] / sums[2]), (float) (sums[1] / sums[2]), greatest};
    }

    @Test
    void argumentsAreChecked() {
        assertEquals("radius is 0: it must be 1 to 64 pixels", assertThrows(IllegalArgumentException.class,
                () -> new KeypointSelection.Options(0, OptionalDouble.empty())).getMessage());
    }
}
