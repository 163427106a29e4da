package org.tiepoint.interop.colmap;

import java.util.Optional;
import org.tiepoint.geometry.Pose;

/**
 * The geometry of two images and the matches that agree with it. Arrays are shared, not copied: treat as read-only.
 *
 * @param configuration what it is
 * @param inliers       m x 2, row-major: index of the key point in the first and in the second image
 * @param fundamental   F, row-major 3x3, with x2^T F x1 = 0 in COLMAP's pixels (corner of the top-left pixel at 0, 0)
 * @param essential     E, row-major 3x3, in coordinates normalised by each camera
 * @param homography    H, row-major 3x3, with x2 = H x1 up to scale in COLMAP's pixels
 * @param pose          from the first camera's coordinates to the second's, the translation of length 1
 */
public record VerifiedPair(TwoViewConfiguration configuration, int[] inliers, Optional<double[]> fundamental,
        Optional<double[]> essential, Optional<double[]> homography, Optional<Pose> pose) {
    /** No geometry and no matches. */
    public static final VerifiedPair DEGENERATE = new VerifiedPair(TwoViewConfiguration.DEGENERATE, new int[0],
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public VerifiedPair {
        if (inliers.length % 2 != 0) {
            throw new IllegalArgumentException("pairs of indices are even in number, got " + inliers.length);
        }
        requireNine("fundamental", fundamental);
        requireNine("essential", essential);
        requireNine("homography", homography);
    }

    /** How many matches agree. */
    public int inlierCount() {
        return inliers.length / 2;
    }

    /** The same seen from the second image. A homography that cannot be inverted is left out. */
    public VerifiedPair swapped() {
        return new VerifiedPair(configuration, swapped(inliers), fundamental.map(VerifiedPair::transposed),
                essential.map(VerifiedPair::transposed), homography.flatMap(VerifiedPair::inverse),
                pose.map(Pose::inverse));
    }

    /** Pairs of indices the other way round. */
    static int[] swapped(int[] indices) {
        int[] turned = new int[indices.length];
        for (int i = 0; i < indices.length; i += 2) {
            turned[i] = indices[i + 1];
            turned[i + 1] = indices[i];
        }
        return turned;
    }

    private static double[] transposed(double[] m) {
        return new double[] {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]};
    }

    /** By the adjugate; empty where the determinant is 0 or not finite. */
    private static Optional<double[]> inverse(double[] m) {
        double[] adjugate = {
            m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
            m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
        double determinant = m[0] * adjugate[0] + m[1] * adjugate[3] + m[2] * adjugate[6];
        for (int i = 0; i < 9; i++) {
            adjugate[i] /= determinant;
            if (!Double.isFinite(adjugate[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(adjugate);
    }

    private static void requireNine(String name, Optional<double[]> matrix) {
        if (matrix.isPresent() && matrix.get().length != 9) {
            throw new IllegalArgumentException("the " + name + " matrix takes 9 numbers, got " + matrix.get().length);
        }
    }
}
