package org.tiepoint.matching;

import org.tiepoint.tensor.Tensor;

/**
 * CAPS's differentiable matching (Wang et al., ECCV 2020, section 3.2): the match distribution of a query descriptor
 * over a descriptor map is the softmax of dot products, without temperature; its expectation is the match and its
 * deviation the uncertainty.
 *
 * <p>Positions are normalised: -1 and +1 are the centres of the border pixels ("corners aligned", as the released
 * checkpoints were trained). Maps are B x C x H x W, descriptors B x n x C, positions B x n x 2 as (x, y).
 */
public final class DifferentiableMatching {
    private DifferentiableMatching() {}

    /** Pixels of a width x height image to normalised positions. */
    public static Tensor normalise(Tensor pixels, int width, int height) {
        Tensor half = Tensor.of(new double[] {(width - 1) / 2.0, (height - 1) / 2.0}, 2).like(pixels);
        return pixels.sub(half).div(half);
    }

    /** Normalised positions to pixels of a width x height image. */
    public static Tensor denormalise(Tensor positions, int width, int height) {
        Tensor half = Tensor.of(new double[] {(width - 1) / 2.0, (height - 1) / 2.0}, 2).like(positions);
        return positions.mul(half).add(half);
    }

    /** Descriptors at positions, by bilinear interpolation with zeros outside: B x n x C. */
    public static Tensor sample(Tensor map, Tensor positions) {
        return sample(map, positions, true);
    }

    /**
     * As {@link #sample(Tensor, Tensor)}, in the convention of the network at hand.
     *
     * @param cornersAligned false for networks trained with -1 and +1 as the outer edges of the map's border cells
     */
    public static Tensor sample(Tensor map, Tensor positions, boolean cornersAligned) {
        return map.sample(positions.unsqueeze(2), cornersAligned).squeeze(3).transpose(1, 2);
    }

    /** The expected location over all positions of a map. */
    public static Locations expectation(Tensor descriptors, Tensor map) {
        Tensor probability = descriptors.matmul(flatten(map)).softmax(-1);
        Tensor grid = grid(1, 1, map.size(2), map.size(3), map);
        Tensor position = probability.matmul(grid);
        Tensor secondMoment = probability.matmul(grid.square());
        return new Locations(position, spread(secondMoment, position));
    }

    /** The position of the map's greatest dot product, without gradient. */
    public static Tensor nearestNeighbour(Tensor descriptors, Tensor map) {
        Tensor place = descriptors.detach().matmul(flatten(map.detach())).argmax(-1);
        Tensor grid = grid(1, 1, map.size(2), map.size(3), map);
        long batch = place.size(0);
        long count = place.size(1);
        return grid.indexSelect(0, place.reshape(batch * count)).reshape(batch, count, 2);
    }

    /**
     * The expected location within a window around given centres. The window has offsets from -halfSize to +halfSize
     * (normalised) in each axis, int(halfSize * H) by int(halfSize * W) of them, ends included.
     *
     * @throws IllegalArgumentException when the window holds no sample in one axis
     */
    public static Locations expectationInWindow(Tensor descriptors, Tensor map, Tensor centres, double halfSize) {
        return expectationInWindow(descriptors, map, centres, halfSize, true);
    }

    /**
     * As {@link #expectationInWindow(Tensor, Tensor, Tensor, double)}, in the convention of the network at hand.
     *
     * @param cornersAligned false for networks trained with -1 and +1 as the outer edges of the map's border cells
     */
    public static Locations expectationInWindow(Tensor descriptors, Tensor map, Tensor centres, double halfSize,
            boolean cornersAligned) {
        long rows = (long) (halfSize * map.size(2));
        long columns = (long) (halfSize * map.size(3));
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a window of " + halfSize + " holds " + columns + "x" + rows
                    + " positions of a " + map.size(3) + "x" + map.size(2) + " map: enlarge the image or the window");
        }
        Tensor places = centres.unsqueeze(2).add(grid(halfSize, halfSize, rows, columns, map));
        Tensor window = map.sample(places, cornersAligned).permute(0, 2, 1, 3);
        Tensor probability = descriptors.unsqueeze(2).matmul(window).softmax(-1).transpose(2, 3);
        // summed as in the authors' code: a small variance is what rounding leaves of the difference of two sums
        Tensor position = places.mul(probability).sum(2);
        Tensor secondMoment = places.square().mul(probability).sum(2);
        return new Locations(position, spread(secondMoment, position));
    }

    /** Positions from -x..x, -y..y, row by row: (rows * columns) x 2. */
    private static Tensor grid(double x, double y, long rows, long columns, Tensor like) {
        Tensor xs = Tensor.linspace(-x, x, columns, like).unsqueeze(0).expand(rows, columns);
        Tensor ys = Tensor.linspace(-y, y, rows, like).unsqueeze(1).expand(rows, columns);
        return Tensor.stack(2, xs, ys).reshape(rows * columns, 2);
    }

    private static Tensor flatten(Tensor map) {
        return map.reshape(map.size(0), map.size(1), map.size(2) * map.size(3));
    }

    private static Tensor spread(Tensor secondMoment, Tensor position) {
        return secondMoment.sub(position.square()).clampMin(1e-10).sqrt().sum(-1);
    }
}
