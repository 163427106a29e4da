package org.tiepoint.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * 95 % intervals by the percentile bootstrap (Efron, Bootstrap Methods: Another Look at the Jackknife, 1979): pairs are
 * drawn with replacement, as many as there are, 1,000 times; the interval reaches from the 2.5th to the 97.5th
 * percentile of the statistic. The same number of pairs gets the same draws, so features on one set are compared on
 * like draws. Pairs of one sequence count as independent, which they are not quite: the intervals are a little narrow.
 * Immutable; safe for use by several threads.
 */
public final class Bootstrap {
    private static final int REPLICATES = 1000;
    private static final long SEED = 20_200_823;

    private final int[] once;
    private final int[][] draws;

    /** Draws for so many pairs. */
    public Bootstrap(int pairs) {
        once = new int[pairs];
        Arrays.fill(once, 1);
        draws = new int[REPLICATES][pairs];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int[] draw : draws) {
            for (int i = 0; i < pairs; i++) {
                draw[random.nextInt(pairs)]++;
            }
        }
    }

    /** A statistic with its interval. */
    public Estimate estimate(Statistic statistic) {
        double[] values = new double[REPLICATES];
        for (int i = 0; i < REPLICATES; i++) {
            values[i] = statistic.of(draws[i]);
        }
        Arrays.sort(values);
        return new Estimate(statistic.of(once), percentile(values, 0.025), percentile(values, 0.975));
    }

    /** Linear between the values, as numpy's percentile. */
    private static double percentile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        return sorted[below] + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
    }
}
