package org.tiepoint.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.matching.LineToWindowMatching;
import org.tiepoint.matching.Locations;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class WindowCycleLossTest {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 100;
    private static final int COLUMNS = 30;
    private static final int ROWS_OF_MAP = 25;
    /** A camera that moves along x: the epipolar line of (x, y) is the row y. */
    private static final double[] ROWS = {0, 0, 0, 0, 0, -1, 0, 1, 0};
    private static final LineToWindowMatching.Options OPTIONS = new LineToWindowMatching.Options(0.1, 20, 5);

    private static Locations locations(double[] pixels, double... spread) {
        return new Locations(DifferentiableMatching.normalise(Tensor.of(pixels, 1, spread.length, 2), WIDTH, HEIGHT),
                Tensor.of(spread, 1, spread.length));
    }

    @Test
    void loopsAreWeightedByBothSpreadsWhereTheyCount() {
        try (TensorScope scope = new TensorScope()) {
            Tensor points = Tensor.of(new double[] {10, 10, 20, 20, 30, 30, 40, 40, 50, 50}, 1, 5, 2);
            // off their rows by 1, 2, 3 (over a fortieth of the shorter side), 0 (not valid) and 0 pixels
            Locations there = locations(new double[] {50, 11, 60, 22, 70, 33, 80, 40, 90, 50}, 1, 2, 1, 1, 1);
            // 5, 10, 5, 5 and 40 pixels away (the last too far)
            Locations back = locations(new double[] {13, 14, 20, 30, 33, 34, 43, 44, 90, 50}, 1, 0.5, 1, 1, 1);
            LineToWindowMatching.Result result = new LineToWindowMatching.Result(there.position(),
                    Tensor.of(new double[] {1, 1, 1, 0, 1}, 1, 5), there);
            LineToWindowLoss.Search search = new LineToWindowLoss.Search(points, points, result, result, there, there);
            double loss = WindowCycleLoss.of(search, new WindowCycleLoss.Loops(back, back),
                    Tensor.of(ROWS, 1, 3, 3), WIDTH, HEIGHT).item();
            // both weights are 1; the mean weight of all five is 3/5, for the last counts in it
            assertEquals(2 * (5 + 10) / 3.0, loss, 1e-5);
        }
    }

    private static Tensor map(double... values) {
        return Tensor.of(values, 1, 3, ROWS_OF_MAP, COLUMNS);
    }

    private record Searched(LineToWindowLoss.Search there, WindowCycleLoss.Loops back) {
        static Searched of(Tensor map, Tensor other, double... points) {
            Tensor positions = DifferentiableMatching.normalise(Tensor.of(points, 1, points.length / 2, 2), WIDTH,
                    HEIGHT);
            LineToWindowLoss.Search search = LineToWindowLoss.search(map, other, positions, positions,
                    Tensor.of(ROWS, 1, 3, 3), WIDTH, HEIGHT, OPTIONS, Optional.empty());
            return new Searched(search, WindowCycleLoss.search(map, other, search, WIDTH, HEIGHT, OPTIONS));
        }

        /** These positions with the spreads of another search: weights have no gradient. */
        Searched withSpreadsOf(Searched base) {
            return new Searched(new LineToWindowLoss.Search(there.points(), there.otherPoints(),
                    with(there.forward(), base.there.forward()), with(there.backward(), base.there.backward()),
                    there.gridForward(), there.gridBackward()),
                    new WindowCycleLoss.Loops(with(back.forward(), base.back.forward()),
                            with(back.backward(), base.back.backward())));
        }

        private static LineToWindowMatching.Result with(LineToWindowMatching.Result own,
                LineToWindowMatching.Result base) {
            return new LineToWindowMatching.Result(own.onLine(), own.valid(), with(own.window(), base.window()));
        }

        private static Locations with(Locations own, Locations base) {
            return new Locations(own.position(), base.spread());
        }

        Tensor loss() {
            return WindowCycleLoss.of(there, back, Tensor.of(ROWS, 1, 3, 3), WIDTH, HEIGHT);
        }
    }

    /** With respect to both maps, in double precision, of every 23rd number. */
    @Test
    void gradientsAgreeWithCentralDifferences() {
        SplittableRandom random = new SplittableRandom(2);
        double[][] maps = new double[2][];
        maps[0] = random.doubles(3 * ROWS_OF_MAP * COLUMNS, -1, 1).toArray();
        maps[1] = random.doubles(3 * ROWS_OF_MAP * COLUMNS, -1, 1).toArray();
        double[] points = random.doubles(16, 15, 85).toArray();
        try (TensorScope scope = new TensorScope()) {
            Tensor[] leaves = {map(maps[0]).requireGradient(true), map(maps[1]).requireGradient(true)};
            Searched base = Searched.of(leaves[0], leaves[1], points);
            base.loss().backward();
            double step = 1e-6;
            for (int which = 0; which < 2; which++) {
                double[] gradient = leaves[which].gradient().orElseThrow().toDoubles();
                double largest = 0;
                for (int i = 0; i < gradient.length; i += 23) {
                    double kept = maps[which][i];
                    maps[which][i] = kept + step;
                    double above = value(base, maps, points);
                    maps[which][i] = kept - step;
                    double below = value(base, maps, points);
                    maps[which][i] = kept;
                    assertEquals((above - below) / (2 * step), gradient[i], 1e-5, "map " + which + ", number " + i);
                    largest = Math.max(largest, Math.abs(gradient[i]));
                }
                assertTrue(largest > 0.05, "map " + which + ", largest " + largest);
            }
        }
    }

    private static double value(Searched base, double[][] maps, double... points) {
        try (TensorScope scope = new TensorScope()) {
            return Searched.of(map(maps[0]), map(maps[1]), points).withSpreadsOf(base).loss().item();
        }
    }
}
