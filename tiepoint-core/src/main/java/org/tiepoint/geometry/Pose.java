package org.tiepoint.geometry;

/**
 * World-to-camera extrinsics: a world point X has camera coordinates R X + t. Axes: x right, y down, z forward.
 *
 * @param rotation    R, row-major 3x3, orthonormal with determinant 1 (within 1e-3)
 * @param translation t, 3 numbers in the units of the collection
 */
public record Pose(double[] rotation, double[] translation) {
    private static final double ROTATION_TOLERANCE = 1e-3;

    public Pose {
        if (rotation.length != 9 || translation.length != 3) {
            throw new IllegalArgumentException("a pose takes 9 rotation and 3 translation numbers, got "
                    + rotation.length + " and " + translation.length);
        }
        for (double value : rotation) {
            requireFinite("rotation", value);
        }
        for (double value : translation) {
            requireFinite("translation", value);
        }
        double off = departureFromRotation(rotation);
        if (off > ROTATION_TOLERANCE) {
            throw new IllegalArgumentException(String.format(
                    "the pose's 3x3 part is no rotation: it is off orthonormal with determinant 1 by %.3g (at most %.0e):"
                            + " write it row by row, with more digits",
                    off, ROTATION_TOLERANCE));
        }
    }

    /** The pose that takes this camera's coordinates to the other's: E2 E1^-1. */
    public Pose to(Pose other) {
        double[] r = new double[9];
        double[] t = other.translation.clone();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                for (int k = 0; k < 3; k++) {
                    sum += other.rotation[3 * i + k] * rotation[3 * j + k];
                }
                r[3 * i + j] = sum;
                t[i] -= sum * translation[j];
            }
        }
        return new Pose(r, t);
    }

    /** The camera-to-world pose seen as a world-to-camera one: the inverse. */
    public Pose inverse() {
        return to(new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]));
    }

    /** The camera's centre in world coordinates: -R^T t. */
    public double[] centre() {
        double[] c = new double[3];
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < 3; i++) {
                c[j] -= rotation[3 * i + j] * translation[i];
            }
        }
        return c;
    }

    /** World point to camera coordinates. */
    public double[] transform(double[] point) {
        double[] p = translation.clone();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                p[i] += rotation[3 * i + j] * point[j];
            }
        }
        return p;
    }

    /** The angle of the rotation, 0 to 180 degrees. */
    public double rotationDegrees() {
        double cosine = (rotation[0] + rotation[4] + rotation[8] - 1) / 2;
        return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
    }

    private static void requireFinite(String part, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the pose's " + part + " holds " + value
                    + ": every number must be finite");
        }
    }

    private static double departureFromRotation(double[] r) {
        double off = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double dot = 0;
                for (int k = 0; k < 3; k++) {
                    dot += r[3 * i + k] * r[3 * j + k];
                }
                off = Math.max(off, Math.abs(dot - (i == j ? 1 : 0)));
            }
        }
        double determinant = r[0] * (r[4] * r[8] - r[5] * r[7]) - r[1] * (r[3] * r[8] - r[5] * r[6])
                + r[2] * (r[3] * r[7] - r[4] * r[6]);
        return Math.max(off, Math.abs(determinant - 1));
    }
}
