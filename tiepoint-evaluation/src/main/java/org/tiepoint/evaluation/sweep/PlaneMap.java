package org.tiepoint.evaluation.sweep;

import org.tiepoint.feature.Keypoints;
import org.tiepoint.geometry.Matrices;

/**
 * Moves positions by a homography.
 *
 * @param homography row-major 3x3, invertible; shared, not copied
 */
record PlaneMap(double[] homography) {
    /** Positions of key points under the homography, n x 2, row-major. */
    double[] apply(Keypoints points) {
        double[] h = homography;
        double[] moved = new double[2 * points.count()];
        for (int i = 0; i < points.count(); i++) {
            double x = points.x(i);
            double y = points.y(i);
            double w = h[6] * x + h[7] * y + h[8];
            moved[2 * i] = (h[0] * x + h[1] * y + h[2]) / w;
            moved[2 * i + 1] = (h[3] * x + h[4] * y + h[5]) / w;
        }
        return moved;
    }

    /** The way back. */
    PlaneMap inverse() {
        return new PlaneMap(Matrices.inverse(homography));
    }
}
