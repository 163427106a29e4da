package org.tiepoint.loss;

import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.matching.EpipolarLines;
import org.tiepoint.matching.LineToWindowMatching;
import org.tiepoint.matching.Locations;
import org.tiepoint.tensor.Tensor;

/**
 * CAPS's fine cycle term (Wang et al., ECCV 2020) on the locations of the line-to-window search: how far from itself a
 * point comes back, in pixels, when the location found for it is looked for in a window around the point; weighted by
 * the inverse of both spreads without gradient. Locations far off their line and loops of 40 pixels or more do not
 * count, as in CAPS.
 *
 * <p>Departs from CAPS in the search, and in that distances are not divided by the image's longer side, like those of
 * {@link LineToWindowLoss}.
 */
public final class WindowCycleLoss {
    /**
     * Where found locations are found again.
     *
     * @param forward  those of the first image's points, back in the first image
     * @param backward those of the second image's points, back in the second image
     */
    public record Loops(Locations forward, Locations backward) {}

    private WindowCycleLoss() {}

    /**
     * Looks found locations up in windows around their points.
     *
     * @param map      B x C x h x w of the first image, descriptors of any length
     * @param otherMap of the second
     * @param search   of {@link LineToWindowLoss#search} in these maps
     * @param width    of both images
     * @param height   of both images
     */
    public static Loops search(Tensor map, Tensor otherMap, LineToWindowLoss.Search search, int width, int height,
            LineToWindowMatching.Options options) {
        return new Loops(back(map, otherMap, search.points(), search.forward().window(), width, height, options),
                back(otherMap, map, search.otherPoints(), search.backward().window(), width, height, options));
    }

    private static Locations back(Tensor map, Tensor otherMap, Tensor points, Locations there, int width, int height,
            LineToWindowMatching.Options options) {
        Tensor descriptors = DifferentiableMatching.sample(otherMap, there.position(), false).normalised(2);
        return DifferentiableMatching.expectationInWindow(descriptors, map.normalised(1).mul(options.temperature()),
                DifferentiableMatching.normalise(points, width, height), options.windowHalfSize(), false);
    }

    /**
     * The mean weighted distance, the sum of both directions.
     *
     * @param fundamentals B x 3 x 3, from the first to the second image
     * @param width        of both images
     * @param height       of both images
     */
    public static Tensor of(LineToWindowLoss.Search search, Loops loops, Tensor fundamentals, int width, int height) {
        return direction(search.points(), search.forward(), loops.forward(), fundamentals, width, height)
                .add(direction(search.otherPoints(), search.backward(), loops.backward(), fundamentals.transpose(1, 2),
                        width, height));
    }

    private static Tensor direction(Tensor points, LineToWindowMatching.Result found, Locations back,
            Tensor fundamentals, int width, int height) {
        Locations there = found.window();
        Tensor distance = DifferentiableMatching.denormalise(back.position(), width, height).sub(points).norm(-1);
        Tensor offLine = EpipolarLines.distance(EpipolarLines.of(points, fundamentals),
                DifferentiableMatching.denormalise(there.position(), width, height)).detach();
        Tensor onLine = offLine.lessThan(EpipolarLoss.ON_LINE_SHARE * Math.min(width, height)).mul(found.valid());
        Tensor near = distance.detach().lessThan(EpipolarLoss.LOOP_LIMIT_PIXELS);
        return EpipolarLoss.weight(there.spread().mul(back.spread()), onLine).mul(distance).mul(near).mean();
    }
}
