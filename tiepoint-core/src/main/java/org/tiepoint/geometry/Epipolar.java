package org.tiepoint.geometry;

import java.util.Locale;

/** Epipolar geometry of two pinhole cameras (Hartley and Zisserman, chapter 9). */
public final class Epipolar {
    private Epipolar() {}

    /**
     * The fundamental matrix F with x2^T F x1 = 0 for a pair of pinhole cameras, row-major 3x3, divided by
     * (F33 + 1e-10) as CAPS does.
     */
    public static double[] fundamental(Camera first, Pose firstPose, Camera second, Pose secondPose) {
        requirePinhole(first);
        requirePinhole(second);
        return fundamental(first.matrix(), second.matrix(), firstPose.to(secondPose));
    }

    /**
     * The same from invertible intrinsic matrices, row-major 3x3, which need not be upper triangular.
     *
     * @param relative first camera's coordinates to the second's
     */
    public static double[] fundamental(double[] first, double[] second, Pose relative) {
        double[] f = Matrices.multiply(Matrices.transpose(Matrices.inverse(second)),
                Matrices.multiply(essential(relative), Matrices.inverse(first)));
        double scale = f[8] + 1e-10;
        for (int i = 0; i < 9; i++) {
            f[i] /= scale;
        }
        return f;
    }

    /** The essential matrix [t]x R of a relative pose, row-major 3x3. */
    public static double[] essential(Pose relative) {
        double[] t = relative.translation();
        double[] cross = {0, -t[2], t[1], t[2], 0, -t[0], -t[1], t[0], 0};
        return Matrices.multiply(cross, relative.rotation());
    }

    /** Distance in pixels of (x2, y2) to the epipolar line of (x1, y1) under F. */
    public static double distance(double[] f, double x1, double y1, double x2, double y2) {
        double a = f[0] * x1 + f[1] * y1 + f[2];
        double b = f[3] * x1 + f[4] * y1 + f[5];
        double c = f[6] * x1 + f[7] * y1 + f[8];
        return Math.abs(a * x2 + b * y2 + c) / Math.max(Math.hypot(a, b), 1e-8);
    }

    private static void requirePinhole(Camera camera) {
        if (!camera.isPinhole()) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "epipolar lines are straight only without lens distortion: undistort the %s image first",
                    camera.model()));
        }
    }
}
