package org.tiepoint.localisation;

import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/**
 * Where a camera sees a point.
 *
 * @param camera without lens distortion
 * @param pose   world to camera
 * @param x      pixels, (0, 0) the centre of the top-left pixel
 * @param y      pixels
 */
public record PointView(Camera camera, Pose pose, double x, double y) {
    public PointView {
        if (!camera.isPinhole()) {
            throw new IllegalArgumentException("a " + camera.model() + " camera with lens distortion cannot be"
                    + " triangulated from: undistort the image first");
        }
    }

    /** Pixels between where the point is seen and where it falls; infinite behind the camera. */
    double error(double[] point) {
        double[] p = pose.transform(point);
        if (!(p[2] > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.hypot(camera.fx() * p[0] / p[2] + camera.cx() - x, camera.fy() * p[1] / p[2] + camera.cy() - y);
    }
}
