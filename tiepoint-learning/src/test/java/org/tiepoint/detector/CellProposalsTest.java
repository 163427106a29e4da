package org.tiepoint.detector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class CellProposalsTest {
    /** The scores grow from left to right and from top to bottom by one a pixel. */
    private static Tensor rising(int height, int width) {
        double[] scores = new double[height * width];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i;
        }
        return Tensor.of(scores, 1, 1, height, width);
    }

    @Test
    void cellsGoRowByRowAndLeaveOutTheRest() {
        try (TensorScope scope = new TensorScope()) {
            Tensor places = Tensor.of(new long[] {0, 1, 2, 3, 3, 3}, 1, 6);
            CellProposals proposals = CellProposals.of(rising(5, 7), 2, places, Tensor.of(new double[6], 1, 6));
            assertArrayEquals(new double[] {0, 0, 3, 0, 4, 1, 1, 3, 3, 3, 5, 3}, proposals.points().toDoubles());
        }
    }

    @Test
    void drawsFollowTheScores() {
        double[] cell = {0, Math.log(2), Math.log(5), -Math.log(4)}; // odds 1, 2, 5 and 1/4
        int batch = 4000;
        double[] scores = new double[4 * batch];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = cell[i % 4];
        }
        try (TensorScope scope = new TensorScope()) {
            CellProposals drawn = CellProposals.draw(Tensor.of(scores, batch, 1, 2, 2), 2, new SplittableRandom(1));
            double[] proposed = new double[4];
            double[] accepted = new double[4];
            long[] places = drawn.places().toLongs();
            double[] decisions = drawn.accepted().toDoubles();
            for (int i = 0; i < batch; i++) {
                proposed[(int) places[i]]++;
                accepted[(int) places[i]] += decisions[i];
            }
            double[] odds = {1, 2, 5, 0.25};
            for (int i = 0; i < 4; i++) {
                double share = odds[i] / 8.25;
                // four standard deviations
                assertEquals(share, proposed[i] / batch, 4 * Math.sqrt(share / batch));
                double acceptance = odds[i] / (1 + odds[i]);
                assertEquals(acceptance, accepted[i] / proposed[i], 4 * Math.sqrt(0.25 / proposed[i]));
            }
            assertEquals(Math.log(5 / 8.25) + Math.log(decisions[first(places, 2)] == 1 ? 5 / 6.0 : 1 / 6.0),
                    drawn.logProbabilities().toDoubles()[first(places, 2)], 1e-12);
        }
    }

    private static int first(long[] places, long wanted) {
        int i = 0;
        while (places[i] != wanted) {
            i++;
        }
        return i;
    }

    @Test
    void drawsFollowTheSeed() {
        try (TensorScope scope = new TensorScope()) {
            Tensor scores = rising(64, 64).mul(1e-3);
            long[] places = CellProposals.draw(scores, 8, new SplittableRandom(1)).places().toLongs();
            assertArrayEquals(places, CellProposals.draw(scores, 8, new SplittableRandom(1)).places().toLongs());
            long[] others = CellProposals.draw(scores, 8, new SplittableRandom(2)).places().toLongs();
            int equal = 0;
            for (int i = 0; i < places.length; i++) {
                equal += places[i] == others[i] ? 1 : 0;
            }
            assertTrue(equal < places.length / 2);
        }
    }

    @Test
    void gradientsAgreeWithCentralDifferences() {
        SplittableRandom random = new SplittableRandom(3);
        double[] scores = random.doubles(4 * 6, -2, 2).toArray();
        double[] weights = random.doubles(6).toArray();
        try (TensorScope scope = new TensorScope()) {
            Tensor places = Tensor.of(new long[] {0, 1, 2, 3, 0, 1}, 1, 6);
            Tensor accepted = Tensor.of(new double[] {1, 0, 1, 0, 0, 1}, 1, 6);
            Tensor leaf = Tensor.of(scores, 1, 1, 4, 6).requireGradient(true);
            value(leaf, places, accepted, weights).backward();
            double[] gradient = leaf.gradient().orElseThrow().toDoubles();
            double step = 1e-5;
            for (int i = 0; i < scores.length; i++) {
                double kept = scores[i];
                scores[i] = kept + step;
                double above = value(Tensor.of(scores, 1, 1, 4, 6), places, accepted, weights).item();
                scores[i] = kept - step;
                double below = value(Tensor.of(scores, 1, 1, 4, 6), places, accepted, weights).item();
                scores[i] = kept;
                assertEquals((above - below) / (2 * step), gradient[i], 1e-9);
            }
        }
    }

    private static Tensor value(Tensor scores, Tensor places, Tensor accepted, double... weights) {
        return CellProposals.of(scores, 2, places, accepted).logProbabilities()
                .mul(Tensor.of(weights, 1, weights.length)).sum();
    }

    @Test
    void aMapSmallerThanACellIsRefused() {
        try (TensorScope scope = new TensorScope()) {
            assertThrows(IllegalArgumentException.class,
                    () -> CellProposals.draw(rising(4, 20), 8, new SplittableRandom(1)));
        }
    }
}
