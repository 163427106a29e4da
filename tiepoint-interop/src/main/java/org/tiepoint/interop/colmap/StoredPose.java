package org.tiepoint.interop.colmap;

import java.util.Optional;
import org.tiepoint.geometry.Pose;

/** A relative pose as a database has it: a quaternion (w, x, y, z) and a translation; zeros or nothing for none. */
final class StoredPose {
    private StoredPose() {}

    /** Empty where there is none: no numbers, or a quaternion of zeros, or (as COLMAP 3.13 writes) the identity. */
    static Optional<Pose> of(Optional<double[]> quaternion, Optional<double[]> translation) {
        if (quaternion.isEmpty() || translation.isEmpty()) {
            return Optional.empty();
        }
        double[] q = quaternion.get();
        double[] t = translation.get();
        double length = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        if (length == 0 || t[0] == 0 && t[1] == 0 && t[2] == 0) {
            return Optional.empty();
        }
        double w = q[0] / length;
        double x = q[1] / length;
        double y = q[2] / length;
        double z = q[3] / length;
        return Optional.of(new Pose(new double[] {
            1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
            2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
            2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)}, t));
    }

    /** The unit quaternion (w, x, y, z) with w at least 0, by Shepperd's method. */
    static double[] quaternion(Pose pose) {
        double[] r = pose.rotation();
        double[] squares = {1 + r[0] + r[4] + r[8], 1 + r[0] - r[4] - r[8], 1 - r[0] + r[4] - r[8],
            1 - r[0] - r[4] + r[8]};
        int largest = 0;
        for (int i = 1; i < 4; i++) {
            largest = squares[i] > squares[largest] ? i : largest;
        }
        double[] q = switch (largest) {
            case 0 -> new double[] {squares[0], r[7] - r[5], r[2] - r[6], r[3] - r[1]};
            case 1 -> new double[] {r[7] - r[5], squares[1], r[1] + r[3], r[2] + r[6]};
            case 2 -> new double[] {r[2] - r[6], r[1] + r[3], squares[2], r[5] + r[7]};
            default -> new double[] {r[3] - r[1], r[2] + r[6], r[5] + r[7], squares[3]};
        };
        double length = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        for (int i = 0; i < 4; i++) {
            q[i] *= (largest == 0 || q[0] >= 0 ? 1 : -1) / length;
        }
        return q;
    }
}
