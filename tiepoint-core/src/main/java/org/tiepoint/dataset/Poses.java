package org.tiepoint.dataset;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.tiepoint.geometry.Pose;

/**
 * Makes poses of what files hold. Rotations printed with few digits are off orthonormal by up to about 1e-2
 * (7-Scenes' are by 2e-4): they are moved to the nearest rotation, U V^T of their singular value decomposition, so
 * that poses can be composed without the error growing. Anything farther off is refused by {@link Pose}.
 */
final class Poses {
    private static final double REPAIRABLE = 1e-2;
    private static final double NOTHING_TO_REPAIR = 1e-12;

    private Poses() {}

    /** From a world-to-camera rotation (row-major 3x3) and translation. */
    static Pose worldToCamera(double[] rotation, double[] translation) {
        return new Pose(nearestRotation(rotation), translation);
    }

    /** From the rows of a camera-to-world matrix [R|t], given as R (row-major 3x3) and t. */
    static Pose cameraToWorld(double[] rotation, double[] translation) {
        return worldToCamera(rotation, translation).inverse();
    }

    /** The rotation of a quaternion whose length is 1 within 1e-2, row-major 3x3. */
    static double[] rotation(double w, double x, double y, double z) {
        double length = Math.sqrt(w * w + x * x + y * y + z * z);
        if (!(Math.abs(length - 1) <= REPAIRABLE)) {
            throw new IllegalArgumentException("the quaternion (w " + w + ", x " + x + ", y " + y + ", z " + z
                    + ") is no rotation: its length is " + length + " and must be 1");
        }
        w /= length;
        x /= length;
        y /= length;
        z /= length;
        return new double[] {
            1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
            2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
            2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)};
    }

    /** The nearest rotation of a nearly orthonormal matrix; any other matrix as it is. */
    private static double[] nearestRotation(double[] m) {
        double off = departure(m);
        if (!(off <= REPAIRABLE) || off < NOTHING_TO_REPAIR) {
            return m;
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(3, 3, true, true, false);
        if (!svd.decompose(new DMatrixRMaj(3, 3, true, m.clone()))) {
            return m;
        }
        DMatrixRMaj product = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.mult(svd.getU(null, false), svd.getV(null, true), product);
        return product.getData();
    }

    private static double departure(double[] m) {
        double off = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double dot = m[3 * i] * m[3 * j] + m[3 * i + 1] * m[3 * j + 1] + m[3 * i + 2] * m[3 * j + 2];
                off = Math.max(off, Math.abs(dot - (i == j ? 1 : 0)));
            }
        }
        return off;
    }
}
