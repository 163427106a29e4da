package org.tiepoint.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Area under the recall curve of errors up to a threshold, divided by the threshold, as SuperGlue (Sarlin et al., CVPR
 * 2020) computes it: the curve joins (0, 0) and (e_i, i / n) for the sorted errors e_1, ..., e_n by straight lines and
 * is level from the last error below the threshold on; the area is exact.
 */
public final class ErrorAuc {
    private ErrorAuc() {}

    /**
     * The area, 0 to 1.
     *
     * @param errors    one a pair, at least 0; infinite where nothing was found
     * @param threshold in the unit of the errors, above 0
     * @return 0 for no errors
     */
    public static double of(double[] errors, double threshold) {
        int[] once = new int[errors.length];
        Arrays.fill(once, 1);
        return statistic(errors, threshold).of(once);
    }

    /** The area as a function of how often each error counts. */
    static Statistic statistic(double[] errors, double threshold) {
        if (!(threshold > 0) || Double.isInfinite(threshold)) {
            throw new IllegalArgumentException("threshold is " + threshold + ": it must be above 0");
        }
        int[] order = IntStream.range(0, errors.length).boxed().sorted((a, b) -> Double.compare(errors[a], errors[b]))
                .mapToInt(Integer::intValue).toArray();
        return weights -> {
            long all = 0;
            for (int weight : weights) {
                all += weight;
            }
            double area = 0;
            double lastError = 0;
            long seen = 0;
            for (int i : order) {
                if (errors[i] >= threshold) {
                    break;
                }
                for (int copy = 0; copy < weights[i]; copy++) {
                    area += (errors[i] - lastError) * (2 * seen + 1) / 2;
                    seen++;
                    lastError = errors[i];
                }
            }
            return all == 0 ? 0 : (area + (threshold - lastError) * seen) / (all * threshold);
        };
    }
}
