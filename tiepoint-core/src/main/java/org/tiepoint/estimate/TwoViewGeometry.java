package org.tiepoint.estimate;

/**
 * What relates two views, and the matches that agree with it. Arrays are shared, not copied: treat as read-only.
 *
 * @param kind    what the matrix is
 * @param matrix  row-major 3x3
 * @param inliers for each match, in the order given to the estimator, whether it agrees
 */
public record TwoViewGeometry(Kind kind, double[] matrix, boolean[] inliers) {
    /** The meaning of the matrix, for points x1 and x2 as homogeneous columns. */
    public enum Kind {
        /** x2^T F x1 = 0 in pixels. */
        FUNDAMENTAL,
        /** x2^T E x1 = 0 in coordinates normalised by each camera's intrinsics. */
        ESSENTIAL,
        /** x2 = H x1 up to scale, in pixels; the last element is 1. */
        HOMOGRAPHY
    }

    public TwoViewGeometry {
        if (matrix.length != 9) {
            throw new IllegalArgumentException("a matrix of 3x3 takes 9 numbers, got " + matrix.length);
        }
    }

    /** How many matches agree. */
    public int inlierCount() {
        int count = 0;
        for (boolean inlier : inliers) {
            count += inlier ? 1 : 0;
        }
        return count;
    }
}
