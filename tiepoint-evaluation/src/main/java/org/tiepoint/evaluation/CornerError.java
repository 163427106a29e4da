package org.tiepoint.evaluation;

import org.tiepoint.estimate.PointPairs;
import org.tiepoint.image.ImageSize;

/** How far an estimated homography is from the true one. */
final class CornerError {
    private CornerError() {}

    /**
     * Mean distance in pixels of the second image between where the two take the centres of the first image's corner
     * pixels; infinite where either takes one to infinity.
     */
    static double of(double[] estimated, double[] truth, ImageSize first) {
        double right = first.width() - 1;
        double bottom = first.height() - 1;
        double[] corners = {0, 0, right, 0, right, bottom, 0, bottom};
        double[] mapped = MatchAccuracy.project(truth, corners);
        double sum = 0;
        for (double value : mapped) {
            if (!Double.isFinite(value)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        for (double error : MatchAccuracy.reprojectionErrors(estimated, new PointPairs(corners, mapped))) {
            sum += error;
        }
        return sum / 4;
    }
}
