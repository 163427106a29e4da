package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    /** The mean of n numbers of standard deviation s is off by 1.96 s / sqrt(n) in 95 of 100 cases. */
    @Test
    void theIntervalOfAMeanIsTheNormalOne() {
        double[] values = new Random(3).doubles(400, 0, 1).toArray();
        Estimate mean = new Bootstrap(400).estimate(Statistic.mean(values));
        double half = 1.96 * Math.sqrt(1.0 / 12 / 400);
        assertEquals(0.5, mean.value(), 0.05);
        assertEquals(mean.value() - half, mean.low(), 0.2 * half);
        assertEquals(mean.value() + half, mean.high(), 0.2 * half);
    }

    @Test
    void onePairOrEqualPairsHaveNoSpread() {
        assertEquals(new Estimate(0.25, 0.25, 0.25), new Bootstrap(1).estimate(Statistic.mean(new double[] {0.25})));
        assertEquals(new Estimate(1, 1, 1), new Bootstrap(5).estimate(Statistic.mean(new double[] {1, 1, 1, 1, 1})));
    }

    @Test
    void isTheSameEachTime() {
        double[] values = {0, 0.2, 0.9, 0.4};
        assertEquals(new Bootstrap(4).estimate(Statistic.mean(values)),
                new Bootstrap(4).estimate(Statistic.mean(values)));
    }

    /** An error that counts twice is the same as two equal errors. */
    @Test
    void weightsStandForCopies() {
        double[] errors = {4, 1, Double.POSITIVE_INFINITY, 2};
        double copies = ErrorAuc.of(new double[] {4, 4, 1, 2, 2, 2}, 5);
        assertEquals(copies, ErrorAuc.statistic(errors, 5).of(new int[] {2, 1, 0, 3}), 1e-12);
        assertEquals(0, ErrorAuc.statistic(errors, 5).of(new int[4]));
        assertTrue(copies > 0);
    }
}
