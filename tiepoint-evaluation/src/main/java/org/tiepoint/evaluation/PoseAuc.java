package org.tiepoint.evaluation;

import java.util.Arrays;

/**
 * Area under the recall curve of pose errors up to a threshold, divided by the threshold, as SuperGlue (Sarlin et al.,
 * CVPR 2020) computes it: the curve joins (0, 0) and (e_i, i / n) for the sorted errors e_1, ..., e_n by straight lines
 * and is level from the last error below the threshold on; the area is exact.
 */
public final class PoseAuc {
    private PoseAuc() {}

    /**
     * The area, 0 to 1.
     *
     * @param errorsDegrees one a pair, at least 0; infinite where no pose was found
     * @param threshold     in degrees, above 0
     * @return 0 for no errors
     */
    public static double of(double[] errorsDegrees, double threshold) {
        if (!(threshold > 0) || Double.isInfinite(threshold)) {
            throw new IllegalArgumentException("threshold is " + threshold + ": it must be above 0 degrees");
        }
        double[] errors = errorsDegrees.clone();
        Arrays.sort(errors);
        double area = 0;
        double lastError = 0;
        double lastRecall = 0;
        for (int i = 0; i < errors.length && errors[i] < threshold; i++) {
            double recall = (i + 1.0) / errors.length;
            area += (errors[i] - lastError) * (lastRecall + recall) / 2;
            lastError = errors[i];
            lastRecall = recall;
        }
        return (area + (threshold - lastError) * lastRecall) / threshold;
    }
}
