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
        double[] mapped = project(homography, pairs.first());
        double[] errors = new double[pairs.count()];
        for (int i = 0; i < errors.length; i++) {
            double error = Math.hypot(mapped[2 * i] - pairs.second()[2 * i],
                    mapped[2 * i + 1] - pairs.second()[2 * i + 1]);
            errors[i] = Double.isFinite(error) ? error : Double.POSITIVE_INFINITY;
        }
        return errors;
    }

    /** Where a homography takes points, n x 2 row-major; not finite at infinity. */
    static double[] project(double[] h, double[] xy) {
        double[] mapped = new double[xy.length];
        for (int i = 0; i < xy.length; i += 2) {
            double w = h[6] * xy[i] + h[7] * xy[i + 1] + h[8];
            mapped[i] = (h[0] * xy[i] + h[1] * xy[i + 1] + h[2]) / w;
            mapped[i + 1] = (h[3] * xy[i] + h[4] * xy[i + 1] + h[5]) / w;
        }
        return mapped;
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

    /** The share of errors that are at most a threshold; 0 of none. */
    static double share(double[] errors, double threshold) {
        int count = 0;
        for (double error : errors) {
            count += error <= threshold ? 1 : 0;
        }
        return errors.length == 0 ? 0 : (double) count / errors.length;
    }
}
