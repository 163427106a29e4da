package org.tiepoint.geometry;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * A similarity of space: X' = s R X + t. Sets the world frame of one reconstruction, which has no scale and no place of
 * its own, upon another's.
 *
 * @param scale       s, above 0
 * @param rotation    R, row-major 3x3
 * @param translation t, 3 numbers
 */
public record Similarity(double scale, double[] rotation, double[] translation) {

    /**
     * The similarity that moves points onto others with the least sum of squared distances (Umeyama, "Least-squares
     * estimation of transformation parameters between two point patterns", PAMI 1991).
     *
     * @param from n x 3, row-major, n at least 3
     * @param to   n x 3, the points that they belong to
     * @throws IllegalArgumentException when the points are fewer than 3, or lie in one place or on a line
     */
    public static Similarity fit(double[] from, double[] to) {
        int n = from.length / 3;
        if (from.length != to.length || from.length % 3 != 0 || n < 3) {
            throw new IllegalArgumentException("a similarity takes at least 3 points of 3 numbers and as many others, got "
                    + from.length + " and " + to.length + " numbers");
        }
        double[] fromMean = mean(from);
        double[] toMean = mean(to);
        DMatrixRMaj covariance = new DMatrixRMaj(3, 3);
        double variance = 0;
        for (int i = 0; i < n; i++) {
            for (int r = 0; r < 3; r++) {
                double x = from[3 * i + r] - fromMean[r];
                variance += x * x / n;
                for (int c = 0; c < 3; c++) {
                    covariance.add(r, c, (to[3 * i + r] - toMean[r]) * (from[3 * i + c] - fromMean[c]) / n);
                }
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(3, 3, true, true, false);
        if (!svd.decompose(covariance.copy())) {
            throw new IllegalArgumentException("the points' covariance has no singular values: are they finite?");
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, false);
        double[] values = svd.getSingularValues();
        int smallest = smallest(values);
        double largest = Math.max(values[0], Math.max(values[1], values[2]));
        double middle = values[0] + values[1] + values[2] - largest - values[smallest];
        if (!(middle > 1e-12 * largest)) {
            throw new IllegalArgumentException("the points lie in one place or on a line: their similarity is not"
                    + " determined");
        }
        double sign = CommonOps_DDRM.det(u) * CommonOps_DDRM.det(v) < 0 ? -1 : 1;
        double trace = 0;
        for (int k = 0; k < 3; k++) {
            trace += values[k] * (k == smallest ? sign : 1);
        }
        double[] rotation = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                for (int k = 0; k < 3; k++) {
                    rotation[3 * r + c] += u.get(r, k) * (k == smallest ? sign : 1) * v.get(c, k);
                }
            }
        }
        double scale = trace / variance;
        double[] translation = new double[3];
        for (int r = 0; r < 3; r++) {
            translation[r] = toMean[r];
            for (int c = 0; c < 3; c++) {
                translation[r] -= scale * rotation[3 * r + c] * fromMean[c];
            }
        }
        return new Similarity(scale, rotation, translation);
    }

    /** A point moved. */
    public double[] apply(double[] point) {
        double[] moved = translation.clone();
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                moved[r] += scale * rotation[3 * r + c] * point[c];
            }
        }
        return moved;
    }

    /** The pose of the same camera in the moved world, whose units its coordinates take. */
    public Pose apply(Pose pose) {
        double[] r = new double[9];
        double[] t = new double[3];
        for (int i = 0; i < 3; i++) {
            t[i] = scale * pose.translation()[i];
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    r[3 * i + j] += pose.rotation()[3 * i + k] * rotation[3 * j + k];
                }
                t[i] -= r[3 * i + j] * translation[j];
            }
        }
        return new Pose(r, t);
    }

    private static int smallest(double[] values) {
        int smallest = 0;
        for (int k = 1; k < 3; k++) {
            smallest = values[k] < values[smallest] ? k : smallest;
        }
        return smallest;
    }

    private static double[] mean(double[] points) {
        double[] mean = new double[3];
        for (int i = 0; i < points.length; i++) {
            mean[i % 3] += points[i] / (points.length / 3.0);
        }
        return mean;
    }
}
