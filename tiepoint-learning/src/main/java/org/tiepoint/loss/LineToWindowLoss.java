package org.tiepoint.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.matching.EpipolarLines;
import org.tiepoint.matching.LineToWindowMatching;
import org.tiepoint.matching.Locations;
import org.tiepoint.tensor.Tensor;

/**
 * The descriptor loss of PoSFeat (Li et al., CVPR 2022) and SCFeat: distances of the locations that
 * {@link LineToWindowMatching} expects to the epipolar lines of their points, in pixels, weighted by the inverse spread
 * without gradient, in both directions. A second term of the same form, whose weight is 0 in both papers, takes the
 * location expected among the other image's points.
 *
 * <p>Departs from the released code in that both images have one size, and in that the second fundamental matrix is
 * the transposed first.
 */
public final class LineToWindowLoss {
    /**
     * What counts, and how much.
     *
     * @param windowWeight weight of the term of the windows, 0 or more; 1 in PoSFeat
     * @param gridWeight   weight of the term of the points, 0 or more; 0 in PoSFeat
     * @param windowLimit  a location in a window counts nearer to its line than this share of the shorter side; 0.1
     * @param gridLimit    the same among the points; 0.5
     */
    public record Options(double windowWeight, double gridWeight, double windowLimit, double gridLimit) {
        public Options {
            for (double value : new double[] {windowWeight, gridWeight, windowLimit, gridLimit}) {
                if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("a weight or limit of the loss is " + value
                            + ": it must be 0 or more");
                }
            }
        }

        public static Options defaults() {
            return new Options(1, 0, 0.1, 0.5);
        }
    }

    /**
     * Points of both images and where each image is expected to show those of the other.
     *
     * @param points       B x n x 2, pixels of the first image
     * @param otherPoints  B x m x 2, pixels of the second image
     * @param forward      the first image's points in the second
     * @param backward     the second image's points in the first
     * @param gridForward  the first image's points among those of the second, normalised
     * @param gridBackward the second image's points among those of the first, normalised
     */
    public record Search(Tensor points, Tensor otherPoints, LineToWindowMatching.Result forward,
            LineToWindowMatching.Result backward, Locations gridForward, Locations gridBackward) {}

    private LineToWindowLoss() {}

    /**
     * Searches in both directions.
     *
     * @param map          B x C x h x w of the first image, descriptors of any length
     * @param otherMap     of the second
     * @param positions    B x n x 2, points of the first image ({@link org.tiepoint.matching.CellPoints}), normalised
     * @param otherPositions B x m x 2, points of the second image, normalised
     * @param fundamentals B x 3 x 3, from the first to the second image
     * @param width        of both images
     * @param height       of both images
     * @param random       moves the windows, or empty
     */
    public static Search search(Tensor map, Tensor otherMap, Tensor positions, Tensor otherPositions,
            Tensor fundamentals, int width, int height, LineToWindowMatching.Options options,
            Optional<RandomGenerator> random) {
        Tensor points = DifferentiableMatching.denormalise(positions, width, height);
        Tensor otherPoints = DifferentiableMatching.denormalise(otherPositions, width, height);
        Tensor queries = descriptors(map, positions);
        Tensor otherQueries = descriptors(otherMap, otherPositions);
        Tensor similarity = queries.matmul(otherQueries.transpose(1, 2)).mul(options.temperature());
        return new Search(points, otherPoints,
                LineToWindowMatching.search(queries, points, fundamentals, otherMap.normalised(1), width, height,
                        options, random),
                LineToWindowMatching.search(otherQueries, otherPoints, fundamentals.transpose(1, 2),
                        map.normalised(1), width, height, options, random),
                amongPoints(similarity.softmax(2), otherPoints.unsqueeze(1), otherPositions.unsqueeze(1), 2, width,
                        height),
                amongPoints(similarity.softmax(1), points.unsqueeze(2), positions.unsqueeze(2), 1, width, height));
    }

    /** The loss of a batch; terms window_first, window_second, grid_first, grid_second and the shares that count. */
    public static LossTerms of(Search search, Tensor fundamentals, int width, int height, Options options) {
        double shorter = Math.min(width, height);
        Tensor lines = EpipolarLines.of(search.points(), fundamentals);
        Tensor otherLines = EpipolarLines.of(search.otherPoints(), fundamentals.transpose(1, 2));
        Tensor valid = search.forward().valid();
        Tensor otherValid = search.backward().valid();
        Term windowFirst = Term.of(search.forward().window(), lines, valid, options.windowLimit() * shorter, width,
                height);
        Term windowSecond = Term.of(search.backward().window(), otherLines, otherValid,
                options.windowLimit() * shorter, width, height);
        Term gridFirst = Term.of(search.gridForward(), lines, valid, options.gridLimit() * shorter, width, height);
        Term gridSecond = Term.of(search.gridBackward(), otherLines, otherValid, options.gridLimit() * shorter, width,
                height);
        Map<String, Tensor> terms = new LinkedHashMap<>();
        terms.put("window_first", windowFirst.loss());
        terms.put("window_second", windowSecond.loss());
        terms.put("window_share", windowFirst.share().add(windowSecond.share()).mul(0.5));
        terms.put("grid_first", gridFirst.loss());
        terms.put("grid_second", gridSecond.loss());
        terms.put("grid_share", gridFirst.share().add(gridSecond.share()).mul(0.5));
        Tensor total = windowFirst.loss().add(windowSecond.loss()).mul(options.windowWeight());
        if (options.gridWeight() > 0) {
            total = total.add(gridFirst.loss().add(gridSecond.loss()).mul(options.gridWeight()));
        }
        return new LossTerms(total, terms);
    }

    /**
     * One direction of one term.
     *
     * @param loss  weighted mean distance, pixels
     * @param share of the points that count
     */
    private record Term(Tensor loss, Tensor share) {
        static Term of(Locations found, Tensor lines, Tensor valid, double limit, int width, int height) {
            Tensor distance = EpipolarLines.distance(lines,
                    DifferentiableMatching.denormalise(found.position(), width, height));
            Tensor mask = distance.detach().lessThan(limit).mul(valid);
            return new Term(EpipolarLoss.weight(found.spread(), mask).mul(distance).mean(), mask.mean());
        }
    }

    private static Tensor descriptors(Tensor map, Tensor positions) {
        return DifferentiableMatching.sample(map, positions, false).transpose(1, 2).normalised(1).transpose(1, 2);
    }

    /** The expected location over the points of an axis, summed as in the authors' code for the rounding's sake. */
    private static Locations amongPoints(Tensor probabilities, Tensor points, Tensor positions, int axis, int width,
            int height) {
        Tensor probability = probabilities.unsqueeze(3);
        Tensor position = DifferentiableMatching.normalise(probability.mul(points).sum(axis), width, height);
        Tensor variance = probability.mul(positions.square()).sum(axis).sub(position.detach().square());
        return new Locations(position, variance.clampMin(1e-6).sqrt().sum(-1));
    }
}
