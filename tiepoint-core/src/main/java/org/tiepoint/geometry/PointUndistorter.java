package org.tiepoint.geometry;

/**
 * Moves pixels to where the camera would have seen them without lens distortion: the inverse of {@link LensDistortion},
 * by Newton's method with derivatives by differences. A pixel where the lens model folds over, so that no ray leads to
 * it, stays where the nearest approach was. Immutable; safe for use by several threads.
 */
public final class PointUndistorter {
    private static final int ITERATIONS = 30;
    private static final double STEP = 1e-7;
    private static final double TOLERANCE_PIXELS = 1e-9;

    private final Camera camera;
    private final LensDistortion lens;

    /** For pixels of this camera. */
    public PointUndistorter(Camera camera) {
        this.camera = camera;
        this.lens = new LensDistortion(camera);
    }

    /** The camera that sees the moved pixels: the same focal lengths and principal point, no distortion. */
    public Camera pinhole() {
        return Camera.pinhole(camera.width(), camera.height(), camera.fx(), camera.fy(), camera.cx(), camera.cy());
    }

    /**
     * Moves pixels.
     *
     * @param xy n x 2, row-major, finite; unchanged
     */
    public double[] undistort(double[] xy) {
        if (camera.isPinhole()) {
            return xy;
        }
        double[] moved = new double[xy.length];
        double[] ray = new double[2];
        for (int i = 0; i < xy.length; i += 2) {
            solve(xy[i], xy[i + 1], ray);
            moved[i] = ray[0] * camera.fx() + camera.cx();
            moved[i + 1] = ray[1] * camera.fy() + camera.cy();
        }
        return moved;
    }

    private void solve(double x, double y, double[] ray) {
        ray[0] = (x - camera.cx()) / camera.fx();
        ray[1] = (y - camera.cy()) / camera.fy();
        double[] at = new double[2];
        double[] right = new double[2];
        double[] down = new double[2];
        lens.project(ray[0], ray[1], at);
        double error = Math.hypot(x - at[0], y - at[1]);
        double share = 1;
        for (int i = 0; i < ITERATIONS && error > TOLERANCE_PIXELS && share > 1e-3; i++) {
            lens.project(ray[0] + STEP, ray[1], right);
            lens.project(ray[0], ray[1] + STEP, down);
            double a = (right[0] - at[0]) / STEP;
            double b = (down[0] - at[0]) / STEP;
            double c = (right[1] - at[1]) / STEP;
            double d = (down[1] - at[1]) / STEP;
            double determinant = a * d - b * c;
            double dx = (d * (x - at[0]) - b * (y - at[1])) / determinant;
            double dy = (a * (y - at[1]) - c * (x - at[0])) / determinant;
            double[] trial = new double[2];
            lens.project(ray[0] + share * dx, ray[1] + share * dy, trial);
            double reached = Math.hypot(x - trial[0], y - trial[1]);
            if (reached < error) {
                ray[0] += share * dx;
                ray[1] += share * dy;
                at = trial;
                error = reached;
                share = Math.min(1, 2 * share);
            } else {
                share /= 2; // also where the derivative vanishes and the step is no number
            }
        }
    }
}
