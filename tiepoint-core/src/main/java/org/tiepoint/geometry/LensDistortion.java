package org.tiepoint.geometry;

/**
 * Where a lens puts the rays of a scene: the forward direction of every {@link CameraModel}, with OpenCV's formulas
 * (Brown's radial and tangential terms, the rational model; Kannala and Brandt's for the fisheye), which COLMAP shares.
 * Immutable.
 */
public final class LensDistortion {
    private final Camera camera;
    private final boolean fisheye;
    private final double k1;
    private final double k2;
    private final double p1;
    private final double p2;
    private final double k3;
    private final double k4;
    private final double k5;
    private final double k6;

    /** The lens of a camera. */
    public LensDistortion(Camera camera) {
        this.camera = camera;
        double[] d = camera.distortion();
        fisheye = camera.model() == CameraModel.OPENCV_FISHEYE;
        k1 = d.length > 0 ? d[0] : 0;
        k2 = d.length > 1 ? d[1] : 0;
        boolean tangential = !fisheye && d.length > 3;
        p1 = tangential ? d[2] : 0;
        p2 = tangential ? d[3] : 0;
        boolean full = d.length > 7;
        k3 = fisheye ? d[2] : full ? d[4] : 0;
        k4 = fisheye ? d[3] : full ? d[5] : 0;
        k5 = full ? d[6] : 0;
        k6 = full ? d[7] : 0;
    }

    /**
     * The pixel of a ray.
     *
     * @param x  X/Z of the ray in camera coordinates
     * @param y  Y/Z
     * @param xy receives the pixel's x and y
     */
    public void project(double x, double y, double[] xy) {
        double r2 = x * x + y * y;
        double dx;
        double dy;
        if (fisheye) {
            double r = Math.sqrt(r2);
            double theta = Math.atan(r);
            double t2 = theta * theta;
            double distorted = theta * (1 + t2 * (k1 + t2 * (k2 + t2 * (k3 + t2 * k4))));
            double scale = r < 1e-12 ? 1 : distorted / r;
            dx = x * scale;
            dy = y * scale;
        } else {
            double radial = (1 + r2 * (k1 + r2 * (k2 + r2 * k3))) / (1 + r2 * (k4 + r2 * (k5 + r2 * k6)));
            dx = x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x);
            dy = y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y;
        }
        xy[0] = camera.fx() * dx + camera.cx();
        xy[1] = camera.fy() * dy + camera.cy();
    }
}
