package org.tiepoint.objective.caps;

import org.tiepoint.geometry.Matrices;
import org.tiepoint.geometry.Pose;

/**
 * Drops query points that the second image cannot show (CAPS, released code): a point goes when its epipolar line is
 * farther than the image's diagonal from one of the corners, or when its projections at the nearest and the farthest
 * depth lie on the same outer side of the second image.
 *
 * <p>The released code divides a projection by the depth in the first image. Here it is divided by the depth in the
 * second, and a point behind the second camera at both depths goes; {@code reference} restores the released division.
 */
public final class QueryPruning {
    private final double[] fundamental;
    private final double[] projection;
    private final double[] offset;
    private final int width;
    private final int height;
    private final double nearest;
    private final double farthest;
    private final boolean reference;

    /**
     * Prepares a pair.
     *
     * @param fundamental from first to second, row-major 3x3, pixels
     * @param first       intrinsic matrix of the first image, row-major 3x3
     * @param second      intrinsic matrix of the second image, row-major 3x3
     * @param relative    first camera's coordinates to the second's
     * @param width       of the second image
     * @param height      of the second image
     * @param nearest     least depth in the first image, above 0, in the units of the pose
     * @param farthest    greatest depth
     * @param reference   whether to divide as the released code does
     */
    public QueryPruning(double[] fundamental, double[] first, double[] second, Pose relative, int width, int height,
            double nearest, double farthest, boolean reference) {
        this.fundamental = fundamental;
        this.projection = Matrices.multiply(second, Matrices.multiply(relative.rotation(), Matrices.inverse(first)));
        this.offset = Matrices.apply(second, relative.translation());
        this.width = width;
        this.height = height;
        this.nearest = nearest;
        this.farthest = farthest;
        this.reference = reference;
    }

    /** Whether the second image may show the point (x, y) of the first. */
    public boolean keeps(double x, double y) {
        double[] line = Matrices.apply(fundamental, new double[] {x, y, 1});
        double length = Math.max(Math.hypot(line[0], line[1]), 1e-8);
        double diagonal = Math.hypot(width, height);
        double[][] corners = {{0, 0}, {width - 1, 0}, {0, height - 1}, {width - 1, height - 1}};
        for (double[] corner : corners) {
            if (Math.abs(line[0] * corner[0] + line[1] * corner[1] + line[2]) / length > diagonal) {
                return false;
            }
        }
        double[] direction = Matrices.apply(projection, new double[] {x, y, 1});
        double nearDepth = reference ? nearest : nearest * direction[2] + offset[2];
        double farDepth = reference ? farthest : farthest * direction[2] + offset[2];
        if (nearDepth <= 0 || farDepth <= 0) {
            return nearDepth > 0 || farDepth > 0;
        }
        double nearX = (nearest * direction[0] + offset[0]) / nearDepth;
        double nearY = (nearest * direction[1] + offset[1]) / nearDepth;
        double farX = (farthest * direction[0] + offset[0]) / farDepth;
        double farY = (farthest * direction[1] + offset[1]) / farDepth;
        boolean sameOuterSide = nearX < 0 && farX < 0 || nearY < 0 && farY < 0
                || nearX > width - 1 && farX > width - 1 || nearY > height - 1 && farY > height - 1;
        return !sameOuterSide;
    }
}
