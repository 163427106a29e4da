package org.tiepoint.evaluation;

import org.tiepoint.estimate.PointPairs;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Matrices;

/** How far matches are from the true geometry of their images. */
final class MatchAccuracy {
    private MatchAccuracy() {}

    /**
     * Reprojection error of each match in pixels of the second image: the distance of its second point to its first
     * point under the homography; infinite where that lies at infinity.
     *
     * @param homography row-major 3x3, first image to second
     */
    static double[] reprojectionErrors(double[] homography, PointPairs pairs) {
        double[] h = homography;
        double[] errors = new double[pairs.count()];
        for (int i = 0; i < errors.length; i++) {
            double x = pairs.first()[2 * i];
            double y = pairs.first()[2 * i + 1];
            double w = h[6] * x + h[7] * y + h[8];
            double error = Math.hypot((h[0] * x + h[1] * y + h[2]) / w - pairs.second()[2 * i],
                    (h[3] * x + h[4] * y + h[5]) / w - pairs.second()[2 * i + 1]);
            errors[i] = Double.isFinite(error) ? error : Double.POSITIVE_INFINITY;
        }
        return errors;
    }

    /**
     * The larger of each match's two distances in pixels: its second point to the epipolar line of its first, and the
     * other way round.
     *
     * @param fundamental row-major 3x3, first image to second
     */
    static double[] epipolarErrors(double[] fundamental, PointPairs pairs) {
        double[] transposed = Matrices.transpose(fundamental);
        double[] errors = new double[pairs.count()];
        for (int i = 0; i < errors.length; i++) {
            double x1 = pairs.first()[2 * i];
            double y1 = pairs.first()[2 * i + 1];
            double x2 = pairs.second()[2 * i];
            double y2 = pairs.second()[2 * i + 1];
            errors[i] = Math.max(Epipolar.distance(fundamental, x1, y1, x2, y2),
                    Epipolar.distance(transposed, x2, y2, x1, y1));
        }
        return errors;
    }

    /** How many errors are at most a threshold. */
    static int countWithin(double[] errors, double threshold) {
        int count = 0;
        for (double error : errors) {
            count += error <= threshold ? 1 : 0;
        }
        return count;
    }
}
