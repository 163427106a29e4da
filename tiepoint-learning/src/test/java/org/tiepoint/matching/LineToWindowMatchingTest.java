package org.tiepoint.matching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class LineToWindowMatchingTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 80;
    /** A camera that moves along x: the epipolar line of (x, y) is the row y. */
    private static final double[] ROWS = {0, 0, 0, 0, 0, -1, 0, 1, 0};
    private static final LineToWindowMatching.Options OPTIONS = LineToWindowMatching.Options.defaults();

    /** One cell of a 20 x 40 map points along the first axis, all others along the second. */
    private static Tensor mapWithPeak(int row, int column) {
        double[] values = new double[2 * 20 * 40];
        Arrays.fill(values, 800, 1600, 1);
        values[row * 40 + column] = 1;
        values[800 + row * 40 + column] = 0;
        return Tensor.of(values, 1, 2, 20, 40);
    }

    private static LineToWindowMatching.Result search(double x, double y, Optional<RandomGenerator> random) {
        return LineToWindowMatching.search(Tensor.of(new double[] {1, 0}, 1, 1, 2), Tensor.of(new double[] {x, y}, 1, 1,
                2), Tensor.of(ROWS, 1, 3, 3), mapWithPeak(10, 30), WIDTH, HEIGHT, OPTIONS, random);
    }

    /** Row 41.5 of 80 is where the middle of the map's row 10 lies when corners are not aligned. */
    @Test
    void theBestPlaceOnTheLineIsFound() {
        try (TensorScope scope = new TensorScope()) {
            LineToWindowMatching.Result found = search(20, 41.5, Optional.empty());
            double[] onLine = found.onLine().toDoubles();
            // the middle of cell 30 of 40, to half a step of the hundred
            assertEquals((30.5 / 40) * 2 - 1, onLine[0], 0.5 * 2 / 99 + 1e-9);
            assertEquals((41.5 - 39.5) / 39.5, onLine[1], 1e-9);
            assertEquals(1, found.valid().item());
            double[] position = found.window().position().toDoubles();
            assertEquals(onLine[0], position[0], 0.03);
            assertEquals((10.5 / 20) * 2 - 1, position[1], 0.05);
        }
    }

    @Test
    void otherRowsDoNotSeeThePeak() {
        try (TensorScope scope = new TensorScope()) {
            LineToWindowMatching.Result found = search(20, 10, Optional.empty());
            // all places are alike: the first, which is the left border, whose window is half outside
            assertArrayEquals(new double[] {-1, (10 - 39.5) / 39.5}, found.onLine().toDoubles(), 1e-9);
            assertEquals(0, search(20, 90, Optional.empty()).valid().item());
        }
    }

    @Test
    void theCentreMovesByAtMostItsShareAndBySeed() {
        try (TensorScope scope = new TensorScope()) {
            double[] still = search(20, 41.5, Optional.empty()).onLine().toDoubles();
            double farthest = 0;
            for (int seed = 0; seed < 30; seed++) {
                double[] moved = search(20, 41.5, Optional.of(new SplittableRandom(seed))).onLine().toDoubles();
                assertArrayEquals(moved, search(20, 41.5, Optional.of(new SplittableRandom(seed))).onLine()
                        .toDoubles());
                assertNotEquals(still[0], moved[0]);
                assertNotEquals(still[1], moved[1]);
                farthest = Math.max(farthest, Math.max(Math.abs(moved[0] - still[0]), Math.abs(moved[1] - still[1])));
            }
            assertTrue(farthest <= 0.0707 && farthest > 0.05, "farthest " + farthest);
        }
    }

    /** A line far outside the image and no line at all give finite numbers that do not count. */
    @Test
    void degenerateLinesAreHarmless() {
        try (TensorScope scope = new TensorScope()) {
            Tensor queries = Tensor.of(new float[] {1, 0, 1, 0}, 1, 2, 2);
            Tensor points = Tensor.of(new float[] {5, 5, 0, 0}, 1, 2, 2);
            // the line of (5, 5) is 1e-30 y + 5 = 0, that of (0, 0) is nothing
            Tensor fundamentals = Tensor.of(new float[] {0, 0, 0, 0, 2e-31f, 0, 1, 0, 0}, 1, 3, 3);
            LineToWindowMatching.Result found = LineToWindowMatching.search(queries, points, fundamentals,
                    mapWithPeak(3, 3).like(queries), WIDTH, HEIGHT, OPTIONS, Optional.empty());
            assertArrayEquals(new double[2], found.valid().toDoubles());
            assertTrue(found.onLine().isFinite());
            assertTrue(found.window().position().isFinite() && found.window().spread().isFinite());
        }
    }

    @Test
    void optionsAreChecked() {
        assertEquals(new LineToWindowMatching.Options(0.1, 100, 60), OPTIONS);
        assertThrows(IllegalArgumentException.class, () -> new LineToWindowMatching.Options(0, 100, 60));
        assertThrows(IllegalArgumentException.class, () -> new LineToWindowMatching.Options(0.1, 1, 60));
        assertThrows(IllegalArgumentException.class, () -> new LineToWindowMatching.Options(0.1, 100, Double.NaN));
    }
}
