package org.tiepoint.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.matching.CoarseToFineMatching;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.matching.EpipolarLines;
import org.tiepoint.tensor.Tensor;

/**
 * CAPS's loss (Wang et al., ECCV 2020, section 3.3): distances of the expected locations to the epipolar lines of their
 * queries, and of the looped-back locations to the queries themselves, each weighted by the inverse spread without
 * gradient. Follows the released code where it departs from the paper: distances are divided by the image's longer
 * side; queries whose location is far off its line do not count; loops that end 40 pixels or more away do not count.
 * Departs from it in one option: there one number weighs both cycle terms, here each has its own.
 */
public final class EpipolarLoss {
    /** Loops that end farther away do not count. */
    static final double LOOP_LIMIT_PIXELS = 40;
    /** A location is on its line nearer than this share of the shorter side: only then its loop counts. */
    static final double ON_LINE_SHARE = 0.025;

    /**
     * Weights of the terms.
     *
     * @param epipolarCoarse 1 in CAPS
     * @param epipolarFine   1 in CAPS
     * @param cycleCoarse    0.1 in CAPS
     * @param cycleFine      0.1 in CAPS
     * @param spread         0 in CAPS: the mean coarse plus the mean fine spread
     */
    public record Options(double epipolarCoarse, double epipolarFine, double cycleCoarse, double cycleFine,
            double spread) {
        public Options {
            for (double weight : new double[] {epipolarCoarse, epipolarFine, cycleCoarse, cycleFine, spread}) {
                if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("a loss weight is " + weight + ": it must be 0 or more");
                }
            }
        }

        public static Options defaults() {
            return new Options(1, 1, 0.1, 0.1, 0);
        }
    }

    private EpipolarLoss() {}

    /**
     * The loss of a batch.
     *
     * @param queries      B x n x 2, pixels of the first image
     * @param fundamentals B x 3 x 3, from the first to the second image
     * @param search       what {@link CoarseToFineMatching} found for the queries
     * @param width        of both images in pixels
     * @param height       of both images in pixels
     */
    public static LossTerms of(Tensor queries, Tensor fundamentals, CoarseToFineMatching.Result search, int width,
            int height, Options options) {
        double shorter = Math.min(width, height);
        double longer = Math.max(width, height);
        Tensor lines = EpipolarLines.of(queries, fundamentals);
        Tensor coarseDistance = EpipolarLines.distance(lines, pixels(search.coarse().position(), width, height));
        Tensor fineDistance = EpipolarLines.distance(lines, pixels(search.fine().position(), width, height));
        Tensor coarseMask = coarseDistance.detach().lessThan(0.5 * shorter);
        Tensor fineMask = fineDistance.detach().lessThan(0.5 * shorter)
                .mul(coarseDistance.detach().lessThan(0.125 * shorter));
        Tensor coarseCycleWeight = weight(search.coarse().spread().mul(search.coarseLoop().spread()),
                coarseDistance.detach().lessThan(ON_LINE_SHARE * shorter));
        Tensor fineCycleWeight = weight(search.fine().spread().mul(search.fineLoop().spread()),
                fineDistance.detach().lessThan(ON_LINE_SHARE * shorter));

        Map<String, Tensor> terms = new LinkedHashMap<>();
        terms.put("epipolar_coarse", weight(search.coarse().spread(), coarseMask).mul(coarseDistance).mean()
                .mul(1 / longer));
        terms.put("epipolar_fine", weight(search.fine().spread(), fineMask).mul(fineDistance).mean()
                .mul(1 / longer));
        terms.put("cycle_coarse", coarseCycleWeight.mul(loopDistance(queries,
                pixels(search.coarseLoop().position(), width, height))).mean().mul(1 / longer));
        terms.put("cycle_fine", fineCycleWeight.mul(loopDistance(queries,
                pixels(search.fineLoop().position(), width, height))).mean().mul(1 / longer));
        terms.put("std", search.coarse().spread().mean().add(search.fine().spread().mean()));

        Tensor total = terms.get("epipolar_coarse").mul(options.epipolarCoarse())
                .add(terms.get("epipolar_fine").mul(options.epipolarFine()))
                .add(terms.get("cycle_coarse").mul(options.cycleCoarse()))
                .add(terms.get("cycle_fine").mul(options.cycleFine()))
                .add(terms.get("std").mul(options.spread()));
        return new LossTerms(total, terms);
    }

    private static Tensor loopDistance(Tensor queries, Tensor loops) {
        Tensor distance = queries.sub(loops).norm(-1);
        return distance.mul(distance.detach().lessThan(LOOP_LIMIT_PIXELS));
    }

    /** The inverse spread, 0 where masked, with a mean of 1; without gradient. */
    static Tensor weight(Tensor spread, Tensor mask) {
        Tensor inverse = spread.detach().reciprocal();
        Tensor masked = inverse.div(inverse.mean()).mul(mask);
        return masked.div(masked.mean().add(1e-8));
    }

    private static Tensor pixels(Tensor positions, int width, int height) {
        return DifferentiableMatching.denormalise(positions, width, height);
    }
}
