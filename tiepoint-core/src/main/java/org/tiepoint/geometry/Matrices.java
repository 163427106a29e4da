package org.tiepoint.geometry;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Arithmetic of row-major 3x3 matrices, on EJML. */
public final class Matrices {
    private Matrices() {}

    /** The product a b. */
    public static double[] multiply(double[] a, double[] b) {
        DMatrixRMaj product = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.mult(DMatrixRMaj.wrap(3, 3, a), DMatrixRMaj.wrap(3, 3, b), product);
        return product.data;
    }

    /**
     * The inverse.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static double[] inverse(double[] a) {
        DMatrixRMaj inverse = new DMatrixRMaj(3, 3);
        if (!CommonOps_DDRM.invert(DMatrixRMaj.wrap(3, 3, a), inverse)) {
            throw new IllegalArgumentException("a 3x3 matrix has no inverse: "
                    + Arrays.toString(a));
        }
        return inverse.data;
    }

    /** The transpose. */
    public static double[] transpose(double[] a) {
        return new double[] {a[0], a[3], a[6], a[1], a[4], a[7], a[2], a[5], a[8]};
    }

    /** The product of a matrix and a vector of 3. */
    public static double[] apply(double[] a, double[] vector) {
        double[] result = new double[3];
        for (int i = 0; i < 3; i++) {
            result[i] = a[3 * i] * vector[0] + a[3 * i + 1] * vector[1] + a[3 * i + 2] * vector[2];
        }
        return result;
    }
}
