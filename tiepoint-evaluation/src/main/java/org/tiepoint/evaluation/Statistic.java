package org.tiepoint.evaluation;

/** A number of some pairs, as a function of how often each pair counts. */
@FunctionalInterface
public interface Statistic {
    /** @param weights one a pair, at least 0 */
    double of(int[] weights);

    /** The mean; 0 for no pairs. */
    static Statistic mean(double[] values) {
        return weights -> {
            double sum = 0;
            long count = 0;
            for (int i = 0; i < values.length; i++) {
                if (weights[i] > 0) {
                    sum += weights[i] * values[i];
                    count += weights[i];
                }
            }
            return count == 0 ? 0 : sum / count;
        };
    }
}
