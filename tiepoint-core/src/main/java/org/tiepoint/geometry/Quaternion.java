package org.tiepoint.geometry;

/**
 * A rotation as COLMAP and the Aachen benchmark write it: of length 1, the real part w first, Hamilton's convention.
 * The same rotation has two quaternions; {@link #ofRotation} gives the one with w of at least 0.
 */
public record Quaternion(double w, double x, double y, double z) {
    /** The quaternion of a rotation matrix, row-major 3x3, by the largest of its four parts (Shepperd 1978). */
    public static Quaternion ofRotation(double[] r) {
        double trace = r[0] + r[4] + r[8];
        double[] q;
        if (trace >= Math.max(r[0], Math.max(r[4], r[8]))) {
            q = new double[] {1 + trace, r[7] - r[5], r[2] - r[6], r[3] - r[1]};
        } else if (r[0] >= r[4] && r[0] >= r[8]) {
            q = new double[] {r[7] - r[5], 1 + r[0] - r[4] - r[8], r[1] + r[3], r[2] + r[6]};
        } else if (r[4] >= r[8]) {
            q = new double[] {r[2] - r[6], r[1] + r[3], 1 - r[0] + r[4] - r[8], r[5] + r[7]};
        } else {
            q = new double[] {r[3] - r[1], r[2] + r[6], r[5] + r[7], 1 - r[0] - r[4] + r[8]};
        }
        double length = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]) * (q[0] < 0 ? -1 : 1);
        return new Quaternion(q[0] / length, q[1] / length, q[2] / length, q[3] / length);
    }
}
