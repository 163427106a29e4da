package org.tiepoint.matching;

import org.tiepoint.network.DescriptorMaps;
import org.tiepoint.tensor.Tensor;

/**
 * CAPS's coarse-to-fine search with its loop back (Wang et al., ECCV 2020, sections 3.2 and 3.3): coarse over the whole
 * 1/16 map, fine over a window around the coarse result, and from there back into the first image for the cycle loss.
 */
public final class CoarseToFineMatching {
    private CoarseToFineMatching() {}

    /**
     * How the search runs.
     *
     * @param windowHalfSize        half side of the fine window, normalised; 0.125 in CAPS
     * @param centreOnNearestNeighbour whether the window's centre is the coarse nearest neighbour (the released
     *                              default), else the coarse expectation
     */
    public record Options(double windowHalfSize, boolean centreOnNearestNeighbour) {
        public Options {
            if (!(windowHalfSize > 0 && windowHalfSize <= 1)) {
                throw new IllegalArgumentException("windowHalfSize is " + windowHalfSize
                        + ": it must be above 0, at most 1");
            }
        }

        public static Options defaults() {
            return new Options(0.125, true);
        }
    }

    /**
     * All locations of one search, normalised.
     *
     * @param coarse     in the second image
     * @param fine       in the second image
     * @param coarseLoop back in the first image, from the window's centre
     * @param fineLoop   back in the first image, from the fine location, within a window around the query
     */
    public record Result(Locations coarse, Locations fine, Locations coarseLoop, Locations fineLoop) {}

    /**
     * Searches the second image for points of the first.
     *
     * @param queries B x n x 2, normalised positions in the first image
     */
    public static Result search(Tensor queries, DescriptorMaps first, DescriptorMaps second, Options options) {
        Tensor coarseQuery = DifferentiableMatching.sample(first.coarse(), queries);
        Tensor fineQuery = DifferentiableMatching.sample(first.fine(), queries);
        Locations coarse = DifferentiableMatching.expectation(coarseQuery, second.coarse());
        Tensor centre = options.centreOnNearestNeighbour()
                ? DifferentiableMatching.nearestNeighbour(coarseQuery, second.coarse())
                : coarse.position();
        Locations fine = DifferentiableMatching.expectationInWindow(fineQuery, second.fine(), centre,
                options.windowHalfSize());
        Locations coarseLoop = DifferentiableMatching.expectation(
                DifferentiableMatching.sample(second.coarse(), centre), first.coarse());
        Locations fineLoop = DifferentiableMatching.expectationInWindow(
                DifferentiableMatching.sample(second.fine(), fine.position()), first.fine(), queries,
                options.windowHalfSize());
        return new Result(coarse, fine, coarseLoop, fineLoop);
    }
}
