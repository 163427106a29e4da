package org.tiepoint.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class DetectorLossTest {
    /** A camera that moves along x: the epipolar line of (x, y) is the row y. */
    private static final double[] ROWS = {0, 0, 0, 0, 0, -1, 0, 1, 0};
    private static final int SIZE = 4;
    private static final int CELLS = 4;

    private static DetectorLoss.Options options(DetectorLoss.Reward reward, double penalty) {
        return new DetectorLoss.Options(2, 60, reward, 1.5, 1, -0.25, penalty, 10);
    }

    private static CellProposals proposals(double[] scores, long[] places, double... accepted) {
        int batch = scores.length / (SIZE * SIZE);
        return CellProposals.of(Tensor.of(scores, batch, 1, SIZE, SIZE).requireGradient(true), 2,
                Tensor.of(places, batch, CELLS), Tensor.of(accepted, batch, CELLS));
    }

    @Test
    void theObjectiveIsTheSumOverAcceptedPairs() {
        SplittableRandom random = new SplittableRandom(1);
        double[] scores = random.doubles(SIZE * SIZE, -1, 1).toArray();
        double[] others = random.doubles(SIZE * SIZE, -1, 1).toArray();
        double[] logMatch = random.doubles(CELLS * CELLS, -3, -1).toArray();
        try (TensorScope scope = new TensorScope()) {
            CellProposals first = proposals(scores, new long[] {0, 3, 1, 2}, 1, 1, 0, 1);
            CellProposals second = proposals(others, new long[] {2, 1, 0, 3}, 0, 1, 1, 1);
            LossTerms loss = DetectorLoss.of(first, second, Tensor.of(logMatch, 1, CELLS, CELLS),
                    Tensor.of(ROWS, 1, 3, 3), options(DetectorLoss.Reward.EPIPOLAR, 0.1), random);
            double[] p1 = first.logProbabilities().toDoubles();
            double[] p2 = second.logProbabilities().toDoubles();
            double[] a1 = first.accepted().toDoubles();
            double[] a2 = second.accepted().toDoubles();
            double[] xy1 = first.points().toDoubles();
            double[] xy2 = second.points().toDoubles();
            double reinforce = 0;
            double penalty = 0;
            int good = 0;
            for (int i = 0; i < CELLS; i++) {
                for (int j = 0; j < CELLS; j++) {
                    boolean near = Math.abs(xy1[2 * i + 1] - xy2[2 * j + 1]) < 1.5;
                    double log = logMatch[i * CELLS + j];
                    reinforce += a1[i] * a2[j] * (near ? 1 : -0.25) * Math.exp(log) * (log + p1[i] + p2[j]);
                    good += near ? 1 : 0;
                }
                penalty += 0.1 * (a1[i] * p1[i] + a2[i] * p2[i]);
            }
            assertTrue(good > 0 && good < CELLS * CELLS);
            assertEquals(reinforce, loss.terms().get("reinforce").item(), 1e-12);
            assertEquals(penalty, loss.terms().get("penalty").item(), 1e-12);
            assertEquals(penalty - reinforce, loss.total().item(), 1e-12);
            assertEquals(6, loss.terms().get("points").item());
        }
    }

    /** A better score for a point whose matches are good lowers the loss, for one whose matches are bad raises it. */
    @Test
    void goodPointsAreReinforced() {
        try (TensorScope scope = new TensorScope()) {
            Tensor scores = Tensor.zeros(1, 1, SIZE, SIZE).requireGradient(true);
            Tensor others = Tensor.zeros(1, 1, SIZE, SIZE);
            CellProposals first = CellProposals.of(scores, 2, Tensor.of(new long[] {0, 0, 2, 2}, 1, 4),
                    Tensor.full(1, 1, 4));
            CellProposals second = CellProposals.of(others, 2, Tensor.of(new long[] {0, 0, 0, 0}, 1, 4),
                    Tensor.full(1, 1, 4));
            // the points of one column match each other for sure: rows 0 and 0, but 3 and 2
            double[] logMatch = new double[16];
            Arrays.fill(logMatch, -60);
            for (int i = 0; i < 4; i++) {
                logMatch[5 * i] = 0;
            }
            DetectorLoss.Options strict = new DetectorLoss.Options(2, 60, DetectorLoss.Reward.EPIPOLAR, 0.5, 1, -0.25,
                    0, 1);
            DetectorLoss.of(first, second, Tensor.of(logMatch, 1, 4, 4).like(scores), Tensor.of(ROWS, 1, 3, 3)
                    .like(scores), strict, new SplittableRandom(1)).total().backward();
            double[] gradient = scores.gradient().orElseThrow().toDoubles();
            assertTrue(gradient[0] < 0 && gradient[2] < 0, "good");
            assertTrue(gradient[3 * SIZE] > 0 && gradient[3 * SIZE + 2] > 0, "bad");
        }
    }

    @Test
    void gradientsAgreeWithCentralDifferencesForBothRewards() {
        for (DetectorLoss.Reward reward : DetectorLoss.Reward.values()) {
            SplittableRandom random = new SplittableRandom(5);
            double[] scores = random.doubles(2 * SIZE * SIZE, -1, 1).toArray();
            double[] others = random.doubles(2 * SIZE * SIZE, -1, 1).toArray();
            long[] places = random.longs(2 * CELLS, 0, 4).toArray();
            double[] logMatch = random.doubles(2 * CELLS * CELLS, -3, -1).toArray();
            double[] fundamentals = new double[18];
            for (int i = 0; i < 9; i++) {
                fundamentals[i] = ROWS[i] + 0.01 * (i + 1);
                fundamentals[9 + i] = ROWS[i] - 0.02 * (i + 1);
            }
            double[] accepted = {1, 0, 1, 1, 1, 1, 0, 1};
            try (TensorScope scope = new TensorScope()) {
                Tensor leaf = Tensor.of(scores, 2, 1, SIZE, SIZE).requireGradient(true);
                Tensor fixed = Tensor.of(others, 2, 1, SIZE, SIZE);
                Loss loss = s -> DetectorLoss.of(
                        CellProposals.of(s, 2, Tensor.of(places, 2, CELLS), Tensor.of(accepted, 2, CELLS)),
                        CellProposals.of(fixed, 2, Tensor.of(places, 2, CELLS), Tensor.of(accepted, 2, CELLS)),
                        Tensor.of(logMatch, 2, CELLS, CELLS), Tensor.of(fundamentals, 2, 3, 3),
                        new DetectorLoss.Options(2, 60, reward, 3, 1, -0.25, 0.1, 4), new SplittableRandom(9)).total();
                loss.of(leaf).backward();
                double[] gradient = leaf.gradient().orElseThrow().toDoubles();
                double step = 1e-5;
                double largest = 0;
                for (int i = 0; i < scores.length; i++) {
                    double kept = scores[i];
                    scores[i] = kept + step;
                    double above = loss.of(Tensor.of(scores, 2, 1, SIZE, SIZE)).item();
                    scores[i] = kept - step;
                    double below = loss.of(Tensor.of(scores, 2, 1, SIZE, SIZE)).item();
                    scores[i] = kept;
                    assertEquals((above - below) / (2 * step), gradient[i], 1e-9, reward + " " + i);
                    largest = Math.max(largest, Math.abs(gradient[i]));
                }
                assertTrue(largest > 0.01);
            }
        }
    }

    private interface Loss {
        Tensor of(Tensor scores);
    }

    /** Where the good pairs explain the geometry, they are worth 1 and the others nothing, and there is no penalty. */
    @Test
    void theFundamentalRewardFollowsTheError() {
        int n = 12;
        double[][] points = EightPointSolverTest.correspondences(n, new SplittableRandom(1));
        try (TensorScope scope = new TensorScope()) {
            Tensor xy = Tensor.of(points[0], 1, n, 2);
            Tensor otherXy = Tensor.of(points[1], 1, n, 2);
            Tensor fundamental = EightPointSolver.solve(xy, otherXy);
            double[] some = new double[n];
            Arrays.fill(some, -1);
            double[] ones = new double[n];
            Arrays.fill(ones, 1);
            CellProposals first = new CellProposals(Tensor.zeros(1, n), Tensor.of(ones, 1, n), xy,
                    Tensor.of(some, 1, n));
            CellProposals second = new CellProposals(Tensor.zeros(1, n), Tensor.of(ones, 1, n), otherXy,
                    Tensor.of(some, 1, n));
            double[] logMatch = new double[n * n];
            Arrays.fill(logMatch, -2);
            DetectorLoss.Options options = new DetectorLoss.Options(2, 60, DetectorLoss.Reward.FUNDAMENTAL, 1e-6, 1,
                    -0.25, 1, 5);
            LossTerms loss = DetectorLoss.of(first, second, Tensor.of(logMatch, 1, n, n), fundamental, options,
                    new SplittableRandom(1));
            assertEquals(0, loss.terms().get("fundamental_error").item(), 1e-6);
            assertEquals(0, loss.terms().get("penalty").item(), 1e-6);
            assertEquals(n * Math.exp(-2) * (-2 - 1 - 1), loss.terms().get("reinforce").item(), 1e-5);
            // without a good pair PoSFeat's reward and penalty stand
            LossTerms none = DetectorLoss.of(first, second, Tensor.of(logMatch, 1, n, n), Tensor.of(ROWS, 1, 3, 3),
                    options, new SplittableRandom(1));
            assertEquals(1, none.terms().get("fundamental_error").item());
            assertEquals(-0.25 * n * n * Math.exp(-2) * -4, none.terms().get("reinforce").item(), 1e-9);
            assertEquals(-2 * n, none.terms().get("penalty").item(), 1e-9);
        }
    }

    /** The whole way from maps: finite, and the descriptors get no gradient. */
    @Test
    void pointsAreDrawnAndDescribed() {
        SplittableRandom random = new SplittableRandom(2);
        try (TensorScope scope = new TensorScope()) {
            Tensor scores = Tensor.of(random.doubles(2 * 32 * 48).toArray(), 2, 1, 32, 48).requireGradient(true);
            Tensor others = Tensor.of(random.doubles(2 * 32 * 48).toArray(), 2, 1, 32, 48).requireGradient(true);
            Tensor map = Tensor.of(random.doubles(2 * 5 * 8 * 12).toArray(), 2, 5, 8, 12).requireGradient(true);
            LossTerms loss = DetectorLoss.of(scores, others, map, map, Tensor.of(new double[] {0, 0, 0, 0, 0, -1, 0, 1,
                0, 0, 0, 0, 0, 0, -1, 0, 1, 0}, 2, 3, 3),
                    DetectorLoss.Options.defaults(DetectorLoss.Reward.EPIPOLAR), random);
            loss.total().backward();
            assertTrue(scores.gradient().orElseThrow().isFinite() && others.gradient().orElseThrow().isFinite());
            assertTrue(map.gradient().isEmpty());
            assertTrue(loss.terms().get("matches").item() > 0);
        }
    }

    @Test
    void optionsAreChecked() {
        assertEquals(new DetectorLoss.Options(8, 60, DetectorLoss.Reward.FUNDAMENTAL, 2, 1, -0.25, 0.001, 100),
                DetectorLoss.Options.defaults(DetectorLoss.Reward.FUNDAMENTAL));
        assertEquals("cellSize is 1: it must be 2 to 64 pixels", assertThrows(IllegalArgumentException.class,
                () -> new DetectorLoss.Options(1, 60, DetectorLoss.Reward.EPIPOLAR, 2, 1, -0.25, 0.001, 100))
                .getMessage());
        assertThrows(IllegalArgumentException.class,
                () -> new DetectorLoss.Options(8, 0, DetectorLoss.Reward.EPIPOLAR, 2, 1, -0.25, 0.001, 100));
        assertThrows(IllegalArgumentException.class,
                () -> new DetectorLoss.Options(8, 60, DetectorLoss.Reward.EPIPOLAR, 2, 1, -0.25, -1, 100));
        assertThrows(IllegalArgumentException.class,
                () -> new DetectorLoss.Options(8, 60, DetectorLoss.Reward.EPIPOLAR, 2, 1, -0.25, 0.001, 0));
    }
}
