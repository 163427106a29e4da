package org.tiepoint.matching;

import org.tiepoint.tensor.Tensor;

/** Epipolar lines a x + b y + c = 0 of batches of points, and distances to them, in pixels. */
public final class EpipolarLines {
    /** A line whose (a, b) is shorter counts as that long. */
    private static final double SHORTEST = 1e-8;

    private EpipolarLines() {}

    /**
     * The lines of points in the other image.
     *
     * @param points       B x n x 2, pixels
     * @param fundamentals B x 3 x 3, to the other image
     * @return B x n x 3, of any length
     */
    public static Tensor of(Tensor points, Tensor fundamentals) {
        return homogeneous(points).matmul(fundamentals.transpose(1, 2));
    }

    /** The distance of each point to the line of its place: B x n of B x n x 3 and B x n x 2. */
    public static Tensor distance(Tensor lines, Tensor points) {
        Tensor ab = lines.narrow(2, 0, 2);
        Tensor value = ab.mul(points).sum(-1).add(lines.select(2, 2)).abs();
        return value.div(ab.norm(-1).clampMin(SHORTEST));
    }

    /** The distance of each point to each line: B x n x m of n lines and m points. */
    public static Tensor distances(Tensor lines, Tensor points) {
        Tensor length = lines.narrow(2, 0, 2).norm(-1).clampMin(SHORTEST).unsqueeze(2);
        return lines.div(length).matmul(homogeneous(points).transpose(1, 2)).abs();
    }

    private static Tensor homogeneous(Tensor points) {
        Tensor ones = points.narrow(2, 0, 1).mul(0).add(1);
        return Tensor.concatenate(2, points, ones);
    }
}
