package org.tiepoint.detector;

import org.tiepoint.tensor.SingularValues;
import org.tiepoint.tensor.Tensor;

/**
 * Fundamental matrices of many small sets of correspondences at once: the eight-point algorithm (Longuet-Higgins, 1981)
 * by two batched singular value decompositions in float64. Coordinates are taken as they are, in pixels, without
 * Hartley's normalisation: SCFeat compares the matrices as such.
 */
public final class EightPointSolver {
    private EightPointSolver() {}

    /**
     * Solves every set.
     *
     * @param points      S x n x 2, pixels of the first image, n of at least 8
     * @param otherPoints S x n x 2, pixels of the second image
     * @return S x 3 x 3, float64, from the first to the second image, of rank 2 and with 1 as the last element; not
     *     finite where that element is 0
     */
    public static Tensor solve(Tensor points, Tensor otherPoints) {
        long sets = points.size(0);
        long count = points.size(1);
        if (count < 8) {
            throw new IllegalArgumentException("a set has " + count + " correspondences: it needs at least 8");
        }
        Tensor first = homogeneous(points.toFloat64());
        Tensor second = homogeneous(otherPoints.toFloat64());
        Tensor equations = second.unsqueeze(3).mul(first.unsqueeze(2)).reshape(sets, count, 9);
        Tensor solution = equations.singularValues(true).vt().select(1, 8).reshape(sets, 3, 3);
        SingularValues parts = solution.singularValues(true);
        Tensor rankTwo = parts.s().mul(Tensor.of(new double[] {1, 1, 0}, 3).like(parts.s())).unsqueeze(1);
        Tensor fundamental = parts.u().mul(rankTwo).matmul(parts.vt());
        return fundamental.div(fundamental.narrow(1, 2, 1).narrow(2, 2, 1));
    }

    private static Tensor homogeneous(Tensor points) {
        return Tensor.concatenate(2, points, points.narrow(2, 0, 1).mul(0).add(1));
    }
}
