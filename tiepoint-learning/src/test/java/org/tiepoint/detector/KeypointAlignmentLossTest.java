package org.tiepoint.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class KeypointAlignmentLossTest {
    private static final int SIDE = 40;
    private static final double[] SHIFT = {1, 0, 6, 0, 1, -3, 0, 0, 1};
    private static final KeypointAlignmentLoss.Options OPTIONS = new KeypointAlignmentLoss.Options(3, 2, 0.1, 5);

    /** Bumps of a width at places (x, y), on a low ground that has no maximum elsewhere. */
    private static double[] bumps(double width, double... xy) {
        double[] scores = new double[SIDE * SIDE];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = 0.001 * i / scores.length;
            for (int j = 0; j < xy.length; j += 2) {
                double square = Math.pow(i % SIDE - xy[j], 2) + Math.pow(i / SIDE - xy[j + 1], 2);
                scores[i] += (0.9 - 0.1 * j) * Math.exp(-square / (2 * width * width));
            }
        }
        return scores;
    }

    private static Tensor map(double... scores) {
        return Tensor.of(scores, 1, 1, SIDE, SIDE);
    }

    private static LossTerms loss(Tensor first, Tensor second) {
        return KeypointAlignmentLoss.of(first, second, Tensor.of(SHIFT, 1, 3, 3), OPTIONS);
    }

    @Test
    void pointsOnEachOtherCostNothingAndOthersTheirDistance() {
        try (TensorScope scope = new TensorScope()) {
            LossTerms same = loss(map(bumps(1, 10, 12, 20, 25)), map(bumps(1, 16, 9, 26, 22)));
            assertEquals(2, same.terms().get("partners").item());
            assertEquals(0, same.terms().get("reprojection").item(), 1e-3);
            LossTerms off = loss(map(bumps(1, 10, 12, 20, 25)), map(bumps(1, 18, 9, 26, 25)));
            assertEquals(2, off.terms().get("partners").item());
            assertEquals((2 + 3) / 2.0, off.terms().get("reprojection").item(), 1e-2);
            LossTerms far = loss(map(bumps(1, 10, 12)), map(bumps(1, 30, 30)));
            assertEquals(0, far.terms().get("partners").item());
            assertEquals(0, far.terms().get("reprojection").item());
        }
    }

    @Test
    void sharperPeaksCostLess() {
        try (TensorScope scope = new TensorScope()) {
            Tensor other = map(bumps(1, 16, 9));
            double sharp = loss(map(bumps(0.6, 10, 12)), other).terms().get("peak").item();
            double blunt = loss(map(bumps(2, 10, 12)), other).terms().get("peak").item();
            assertTrue(sharp + 0.05 < blunt, sharp + " and " + blunt);
        }
    }

    /** In double precision, of the scores around a point; which pixels are maxima does not change by so little. */
    @Test
    void gradientsAgreeWithCentralDifferences() {
        double[] first = bumps(1.2, 10.3, 12, 20, 25.4);
        double[] second = bumps(0.9, 17, 10.2, 27.2, 21);
        try (TensorScope scope = new TensorScope()) {
            Tensor leaf = map(first).requireGradient(true);
            LossTerms loss = loss(leaf, map(second));
            assertEquals(2, loss.terms().get("partners").item());
            loss.total().backward();
            double[] gradient = leaf.gradient().orElseThrow().toDoubles();
            double step = 1e-6;
            double largest = 0;
            for (int y = 9; y <= 15; y++) {
                for (int x = 7; x <= 13; x++) {
                    double[] moved = Arrays.copyOf(first, first.length);
                    moved[SIDE * y + x] += step;
                    double above = value(moved, second);
                    moved[SIDE * y + x] -= 2 * step;
                    double below = value(moved, second);
                    assertEquals((above - below) / (2 * step), gradient[SIDE * y + x], 1e-4, x + ", " + y);
                    largest = Math.max(largest, Math.abs(gradient[SIDE * y + x]));
                }
            }
            assertTrue(largest > 0.1, "largest " + largest);
        }
    }

    private static double value(double[] first, double[] second) {
        try (TensorScope scope = new TensorScope()) {
            return loss(map(first), map(second)).total().item();
        }
    }

    @Test
    void mapsWithoutMaximaGiveNothing() {
        try (TensorScope scope = new TensorScope()) {
            Tensor flat = Tensor.zeros(1, 1, SIDE, SIDE).requireGradient(true);
            LossTerms loss = loss(flat, flat);
            assertEquals(0, loss.total().item());
            loss.total().backward();
        }
    }

    @Test
    void optionsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new KeypointAlignmentLoss.Options(0, 2, 0.1, 5));
        assertThrows(IllegalArgumentException.class, () -> new KeypointAlignmentLoss.Options(1, 2, 0, 5));
    }
}
