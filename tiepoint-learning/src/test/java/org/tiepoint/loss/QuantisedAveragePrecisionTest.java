package org.tiepoint.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class QuantisedAveragePrecisionTest {
    private static double precision(QuantisedAveragePrecision measure, double positive, double... negatives) {
        return measure.of(Tensor.of(new double[] {positive}, 1), Tensor.of(negatives, 1, negatives.length)).item();
    }

    /** With one positive it is 1 over its rank, where every similarity has a bin of its own. */
    @Test
    void itIsTheInverseRankOfTheOnePositive() {
        try (TensorScope scope = new TensorScope()) {
            QuantisedAveragePrecision measure = new QuantisedAveragePrecision(11, 0, 1);
            assertEquals(1, precision(measure, 0.9, 0.8, 0.3, 0.1), 1e-9);
            assertEquals(0.5, precision(measure, 0.7, 0.8, 0.3, 0.1), 1e-9);
            assertEquals(0.25, precision(measure, 0, 0.8, 0.3, 0.1), 1e-9);
            assertEquals(1 / 3.0, precision(measure, 0.8, 0.8, 0.8, 0.1), 1e-9, "a bin is one rank");
            assertEquals(1, precision(new QuantisedAveragePrecision(11, -1, 1), 0.2, -0.2, -0.4), 1e-9);
        }
    }

    @Test
    void similaritiesBeyondTheRangeCountAtItsEnds() {
        try (TensorScope scope = new TensorScope()) {
            QuantisedAveragePrecision measure = QuantisedAveragePrecision.defaults();
            assertEquals(precision(measure, 1, 1, 0), precision(measure, 1.2, 1.1, -0.4), 1e-12);
            Tensor positive = Tensor.of(new double[] {1.2}, 1).requireGradient(true);
            Tensor negatives = Tensor.of(new double[] {-0.3, 0.97}, 1, 2).requireGradient(true);
            measure.of(positive, negatives).sum().backward();
            assertArrayEquals(new double[] {0}, positive.gradient().orElseThrow().toDoubles());
            assertEquals(0, negatives.gradient().orElseThrow().toDoubles()[0]);
        }
    }

    /** The released code's formula: every similarity against every bin. */
    @Test
    void theHistogramIsTheMatrixOfBinsAndSimilarities() {
        SplittableRandom random = new SplittableRandom(4);
        try (TensorScope scope = new TensorScope()) {
            for (int bins : new int[] {2, 3, 20}) {
                double[] list = random.doubles(8, -0.2, 1.2).toArray();
                double[] negatives = Arrays.copyOfRange(list, 1, list.length);
                double correctBefore = 0;
                double allBefore = 0;
                double expected = 0;
                for (int bin = 0; bin < bins; bin++) {
                    double correct = weight(list[0], bin, bins);
                    correctBefore += correct;
                    for (double similarity : list) {
                        allBefore += weight(similarity, bin, bins);
                    }
                    expected += correct * correctBefore / (allBefore + 1e-16);
                }
                assertEquals(expected, precision(new QuantisedAveragePrecision(bins, 0, 1), list[0], negatives),
                        1e-9, bins + " bins");
            }
        }
    }

    private static double weight(double similarity, int bin, int bins) {
        double falling = bin == 0 ? 1 : bins - bin - (bins - 1) * similarity;
        double rising = bin == bins - 1 ? 1 : 2 - bins + bin + (bins - 1) * similarity;
        return Math.max(0, Math.min(falling, rising));
    }

    @Test
    void impossibleBinsAreRefused() {
        assertEquals("bins is 1: it must be 2 to 100", assertThrows(IllegalArgumentException.class,
                () -> new QuantisedAveragePrecision(1, 0, 1)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new QuantisedAveragePrecision(20, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new QuantisedAveragePrecision(20, Double.NaN, 1));
    }
}
