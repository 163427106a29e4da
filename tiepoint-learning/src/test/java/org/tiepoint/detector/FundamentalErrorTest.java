package org.tiepoint.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class FundamentalErrorTest {
    private static final int POINTS = 12;

    private static Tensor identity(int n) {
        double[] values = new double[n * n];
        for (int i = 0; i < n; i++) {
            values[i * n + i] = 1;
        }
        return Tensor.of(values, 1, n, n);
    }

    private static double error(double[][] points, Tensor good, Tensor fundamental, int sets, long seed) {
        int n = points[0].length / 2;
        return FundamentalError.of(good, Tensor.of(points[0], 1, n, 2), Tensor.of(points[1], 1, n, 2), fundamental,
                sets, new SplittableRandom(seed))[0];
    }

    @Test
    void trueMatchesExplainTheGeometryAndWrongOnesDoNot() {
        double[][] points = EightPointSolverTest.correspondences(POINTS, new SplittableRandom(1));
        try (TensorScope scope = new TensorScope()) {
            Tensor fundamental = EightPointSolver.solve(Tensor.of(points[0], 1, POINTS, 2),
                    Tensor.of(points[1], 1, POINTS, 2));
            assertEquals(0, error(points, identity(POINTS), fundamental, 10, 1), 1e-9);
            // scale does not count
            assertEquals(0, error(points, identity(POINTS), fundamental.mul(-3), 10, 1), 1e-6);
            double[][] unrelated = {points[0], EightPointSolverTest.correspondences(POINTS,
                    new SplittableRandom(2))[1]};
            assertTrue(error(unrelated, identity(POINTS), fundamental, 1, 1) > 1e-6);
        }
    }

    /** With one bad match among the good pairs, some of many different sets avoid it; one set repeated need not. */
    @Test
    void theSetsDiffer() {
        double[][] points = EightPointSolverTest.correspondences(POINTS, new SplittableRandom(1));
        try (TensorScope scope = new TensorScope()) {
            Tensor fundamental = EightPointSolver.solve(Tensor.of(points[0], 1, POINTS, 2),
                    Tensor.of(points[1], 1, POINTS, 2));
            points[1][0] += 25;
            int hit = 0;
            for (int seed = 0; seed < 20; seed++) {
                hit += error(points, identity(POINTS), fundamental, 1, seed) > 1e-6 ? 1 : 0;
                assertEquals(0, error(points, identity(POINTS), fundamental, 40, seed), 1e-9);
            }
            // a set of 8 of 12 holds the bad one two times in three
            assertTrue(hit > 5 && hit < 20, "hit " + hit);
        }
    }

    @Test
    void fewerThanEightPairsSayNothing() {
        double[][] points = EightPointSolverTest.correspondences(7, new SplittableRandom(1));
        try (TensorScope scope = new TensorScope()) {
            assertTrue(Double.isNaN(error(points, identity(7), Tensor.zeros(1, 3, 3), 5, 1)));
        }
    }

    /** Each image pair of a batch is judged alone, and one that cannot be solved does not disturb the others. */
    @Test
    void imagePairsOfABatchAreIndependent() {
        double[][] points = EightPointSolverTest.correspondences(POINTS, new SplittableRandom(1));
        try (TensorScope scope = new TensorScope()) {
            Tensor first = Tensor.of(points[0], 1, POINTS, 2);
            Tensor second = Tensor.of(points[1], 1, POINTS, 2);
            Tensor fundamental = EightPointSolver.solve(first, second);
            Tensor wrong = fundamental.mul(0.5).add(0.5);
            Tensor none = identity(POINTS).mul(0);
            double[] errors = FundamentalError.of(
                    Tensor.concatenate(0, identity(POINTS), none, identity(POINTS)),
                    Tensor.concatenate(0, first, first, first), Tensor.concatenate(0, second, second, second),
                    Tensor.concatenate(0, wrong, fundamental, fundamental), 3, new SplittableRandom(1));
            double[] difference = wrong.sub(fundamental).abs().reshape(9).toDoubles();
            double expected = 0;
            for (double d : difference) {
                expected += (d < 1 ? 0.5 * d * d : d - 0.5) / 9;
            }
            assertEquals(Math.tanh(expected), errors[0], 1e-6);
            assertTrue(Double.isNaN(errors[1]));
            assertEquals(0, errors[2], 1e-9);
        }
    }

    /** All points at one place have no matrix: the error is the greatest, not NaN. */
    @Test
    void setsWithoutAMatrixAreFar() {
        try (TensorScope scope = new TensorScope()) {
            double[][] points = {new double[2 * POINTS], new double[2 * POINTS]};
            double error = error(points, identity(POINTS), Tensor.of(new double[] {0, 0, 0, 0, 0, 0, 0, 0, 1}, 1, 3, 3),
                    4, 1);
            assertTrue(error >= 0 && error <= 1, "error " + error);
        }
    }
}
