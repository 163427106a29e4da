package org.tiepoint.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.matching.LineToWindowMatching;
import org.tiepoint.matching.Locations;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class LineToWindowLossTest {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 100;
    /** A camera that moves along x: the epipolar line of (x, y) is the row y. */
    private static final double[] ROWS = {0, 0, 0, 0, 0, -1, 0, 1, 0};
    private static final double[] GENERAL = {1e-5, 2e-4, -0.01, -1e-4, 3e-5, -1, 0.003, 1, 0.1};

    private static Locations locations(double[] pixels, double... spread) {
        return new Locations(DifferentiableMatching.normalise(Tensor.of(pixels, 1, spread.length, 2), WIDTH, HEIGHT),
                Tensor.of(spread, 1, spread.length));
    }

    private static LossTerms loss(double[] points, Locations window, Locations grid, double[] valid,
            LineToWindowLoss.Options options) {
        int n = valid.length;
        Tensor xy = Tensor.of(points, 1, n, 2);
        LineToWindowMatching.Result result = new LineToWindowMatching.Result(window.position(),
                Tensor.of(valid, 1, n), window);
        LineToWindowLoss.Search search = new LineToWindowLoss.Search(xy, xy, result, result, grid, grid);
        return LineToWindowLoss.of(search, Tensor.of(ROWS, 1, 3, 3), WIDTH, HEIGHT, options);
    }

    @Test
    void distancesAreWeightedByTheInverseSpreadWhereTheyCount() {
        double[] points = {10, 10, 20, 20, 30, 30, 40, 40};
        // rows off by 1, 4, 11 (over a tenth of the shorter side) and 2 (not valid)
        Locations window = locations(new double[] {50, 11, 60, 24, 70, 41, 80, 42}, 1, 2, 1, 1);
        // rows off by 30, 49, 51 (over half the shorter side) and 2 (not valid)
        Locations grid = locations(new double[] {50, 40, 60, 69, 70, 81, 80, 42}, 1, 1, 1, 1);
        double[] valid = {1, 1, 1, 0};
        try (TensorScope scope = new TensorScope()) {
            LossTerms loss = loss(points, window, grid, valid, LineToWindowLoss.Options.defaults());
            // weights 1 and 1/2, divided by their mean over all four; mean of weight times distance
            double expected = (1 * 1 + 0.5 * 4) / 1.5;
            assertEquals(expected, loss.terms().get("window_first").item(), 1e-6);
            assertEquals(expected, loss.terms().get("window_second").item(), 1e-6);
            assertEquals(2 * expected, loss.total().item(), 1e-6);
            assertEquals(0.5, loss.terms().get("window_share").item(), 1e-12);
            assertEquals((30 + 49) / 2.0, loss.terms().get("grid_first").item(), 1e-5);
            assertEquals(0.5, loss.terms().get("grid_share").item(), 1e-12);
            LossTerms both = loss(points, window, grid, valid, new LineToWindowLoss.Options(0.5, 0.1, 0.1, 0.5));
            assertEquals(0.5 * 2 * expected + 0.1 * (30 + 49), both.total().item(), 1e-5);
        }
    }

    @Test
    void nothingThatCountsIsZero() {
        double[] points = {10, 10, 20, 20};
        Locations window = locations(new double[] {50, 11, 60, 24}, 1, 2);
        try (TensorScope scope = new TensorScope()) {
            assertEquals(0, loss(points, window, window, new double[2], LineToWindowLoss.Options.defaults()).total()
                    .item());
        }
    }

    private static Tensor map(double... values) {
        return Tensor.of(values, 1, 3, 25, 30);
    }

    private static LineToWindowLoss.Search search(double[] map, double[] other, double... points) {
        return search(map(map), map(other), points);
    }

    private static LineToWindowLoss.Search search(Tensor map, Tensor other, double... points) {
        Tensor positions = DifferentiableMatching.normalise(Tensor.of(points, 1, points.length / 2, 2), WIDTH, HEIGHT);
        return LineToWindowLoss.search(map, other, positions, positions, Tensor.of(GENERAL, 1, 3, 3), WIDTH, HEIGHT,
                new LineToWindowMatching.Options(0.1, 20, 5), Optional.of(new SplittableRandom(7)));
    }

    /** The positions of one search with the spreads of another: weights have no gradient. */
    private static LineToWindowLoss.Search withSpreadsOf(LineToWindowLoss.Search base, LineToWindowLoss.Search moved) {
        return new LineToWindowLoss.Search(moved.points(), moved.otherPoints(),
                new LineToWindowMatching.Result(moved.forward().onLine(), moved.forward().valid(),
                        new Locations(moved.forward().window().position(), base.forward().window().spread())),
                new LineToWindowMatching.Result(moved.backward().onLine(), moved.backward().valid(),
                        new Locations(moved.backward().window().position(), base.backward().window().spread())),
                new Locations(moved.gridForward().position(), base.gridForward().spread()),
                new Locations(moved.gridBackward().position(), base.gridBackward().spread()));
    }

    private static double value(LineToWindowLoss.Search base, double[] map, double[] other, double... points) {
        return LineToWindowLoss.of(withSpreadsOf(base, search(map, other, points)), Tensor.of(GENERAL, 1, 3, 3), WIDTH,
                HEIGHT, new LineToWindowLoss.Options(1, 0.3, 0.5, 0.9)).total().item();
    }

    /** With respect to both maps, in double precision, through the normalised descriptors, the window and the points. */
    @Test
    void gradientsAgreeWithCentralDifferences() {
        SplittableRandom random = new SplittableRandom(2);
        double[] map = random.doubles(3 * 25 * 30, -1, 1).toArray();
        double[] other = random.doubles(3 * 25 * 30, -1, 1).toArray();
        double[] points = new double[16];
        for (int i = 0; i < points.length; i++) {
            points[i] = 15 + 70 * random.nextDouble();
        }
        try (TensorScope scope = new TensorScope()) {
            Tensor leaf = map(map).requireGradient(true);
            Tensor otherLeaf = map(other).requireGradient(true);
            LineToWindowLoss.Search base = search(leaf, otherLeaf, points);
            LossTerms loss = LineToWindowLoss.of(base, Tensor.of(GENERAL, 1, 3, 3), WIDTH, HEIGHT,
                    new LineToWindowLoss.Options(1, 0.3, 0.5, 0.9));
            assertTrue(loss.terms().get("window_share").item() > 0.5);
            loss.total().backward();
            assertGradient(leaf, map, base, map, other, points);
            assertGradient(otherLeaf, other, base, map, other, points);
        }
    }

    /** Of every 23rd number. */
    private static void assertGradient(Tensor leaf, double[] moved, LineToWindowLoss.Search base, double[] map,
            double[] other, double... points) {
        double[] gradient = leaf.gradient().orElseThrow().toDoubles();
        double largest = 0;
        double step = 1e-6;
        for (int i = 0; i < moved.length; i += 23) {
            try (TensorScope scope = new TensorScope()) {
                double kept = moved[i];
                moved[i] = kept + step;
                double above = value(base, map, other, points);
                moved[i] = kept - step;
                double below = value(base, map, other, points);
                moved[i] = kept;
                assertEquals((above - below) / (2 * step), gradient[i], 1e-5, "number " + i);
                largest = Math.max(largest, Math.abs(gradient[i]));
            }
        }
        assertTrue(largest > 0.1, "largest " + largest);
    }

    /** A batch is its image pairs side by side: the same locations, whatever the other pair is. */
    @Test
    void imagePairsOfABatchDoNotMix() {
        SplittableRandom random = new SplittableRandom(3);
        try (TensorScope scope = new TensorScope()) {
            Tensor map = Tensor.of(random.doubles(2 * 3 * 25 * 30, -1, 1).toArray(), 2, 3, 25, 30);
            Tensor other = Tensor.of(random.doubles(2 * 3 * 25 * 30, -1, 1).toArray(), 2, 3, 25, 30);
            Tensor positions = Tensor.of(random.doubles(2 * 7 * 2, -0.9, 0.9).toArray(), 2, 7, 2);
            double[] both = new double[18];
            System.arraycopy(ROWS, 0, both, 0, 9);
            System.arraycopy(GENERAL, 0, both, 9, 9);
            Tensor fundamentals = Tensor.of(both, 2, 3, 3);
            LineToWindowMatching.Options options = new LineToWindowMatching.Options(0.1, 20, 5);
            LineToWindowLoss.Search batch = LineToWindowLoss.search(map, other, positions, positions, fundamentals,
                    WIDTH, HEIGHT, options, Optional.empty());
            for (int i = 0; i < 2; i++) {
                LineToWindowLoss.Search alone = LineToWindowLoss.search(map.narrow(0, i, 1), other.narrow(0, i, 1),
                        positions.narrow(0, i, 1), positions.narrow(0, i, 1), fundamentals.narrow(0, i, 1), WIDTH,
                        HEIGHT, options, Optional.empty());
                assertArrayEquals(alone.forward().window().position().toDoubles(),
                        batch.forward().window().position().narrow(0, i, 1).toDoubles(), 1e-12);
                assertArrayEquals(alone.backward().window().position().toDoubles(),
                        batch.backward().window().position().narrow(0, i, 1).toDoubles(), 1e-12);
                assertArrayEquals(alone.backward().valid().toDoubles(),
                        batch.backward().valid().narrow(0, i, 1).toDoubles());
            }
        }
    }

    @Test
    void optionsAreChecked() {
        assertEquals(new LineToWindowLoss.Options(1, 0, 0.1, 0.5), LineToWindowLoss.Options.defaults());
        assertThrows(IllegalArgumentException.class, () -> new LineToWindowLoss.Options(1, -1, 0.1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new LineToWindowLoss.Options(1, 0, Double.NaN, 0.5));
    }
}
