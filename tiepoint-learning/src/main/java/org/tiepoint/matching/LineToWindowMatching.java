package org.tiepoint.matching;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * PoSFeat's line-to-window search (Li et al., "Decoupling Makes Weakly Supervised Local Feature Better", CVPR 2022),
 * which SCFeat takes over: the best place along a point's epipolar line becomes the centre of a window, and the
 * expected location within the window is the match. Descriptors are compared by their cosine, times a temperature;
 * maps are sampled with corners not aligned.
 *
 * <p>Departs from the released code in that of several equally good places on a line the first is taken, where that
 * code adds their positions up, and in that lines at infinity end at finite points, so that they cannot spoil the
 * numbers of others.
 */
public final class LineToWindowMatching {
    /** A window's centre is moved by up to this share of the half size. */
    private static final double JITTER = 0.707;
    /** Centres farther out, in normalised units, are of no valid line and would overflow. */
    private static final double FARTHEST = 1e6;

    /**
     * How the search runs.
     *
     * @param windowHalfSize half side of the window, normalised; 0.1 in PoSFeat
     * @param lineSamples    places along a line, both ends included, at least 2; 100 in PoSFeat
     * @param temperature    factor of the cosine, above 0; 60 in PoSFeat
     */
    public record Options(double windowHalfSize, int lineSamples, double temperature) {
        public Options {
            if (!(windowHalfSize > 0 && windowHalfSize <= 1)) {
                throw new IllegalArgumentException("windowHalfSize is " + windowHalfSize
                        + ": it must be above 0, at most 1");
            }
            if (lineSamples < 2 || lineSamples > 10_000) {
                throw new IllegalArgumentException("lineSamples is " + lineSamples + ": it must be 2 to 10000");
            }
            if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("temperature is " + temperature + ": it must be above 0");
            }
        }

        public static Options defaults() {
            return new Options(0.1, 100, 60);
        }
    }

    /**
     * What was found for the points of one image in the other.
     *
     * @param onLine B x n x 2, normalised: the best place along the line, moved at random if so asked; no gradient
     * @param valid  B x n: 1 where the line crosses the image and that place is inside it, else 0
     * @param window the expected location within the window around that place
     */
    public record Result(Tensor onLine, Tensor valid, Locations window) {}

    private LineToWindowMatching() {}

    /**
     * Searches the second image for points of the first.
     *
     * @param queries      B x n x C: descriptors of the points, of length 1
     * @param points       B x n x 2, pixels of the first image
     * @param fundamentals B x 3 x 3, from the first to the second image
     * @param unitMap      B x C x h x w: the second image's map with descriptors of length 1
     * @param width        of the second image
     * @param height       of the second image
     * @param random       moves the windows' centres by up to 0.707 of the half size, or empty: they stay
     */
    public static Result search(Tensor queries, Tensor points, Tensor fundamentals, Tensor unitMap, int width,
            int height, Options options, Optional<RandomGenerator> random) {
        Tensor map = unitMap.mul(options.temperature());
        Tensor centres;
        Tensor valid;
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            EpipolarSegments segments = EpipolarSegments.of(EpipolarLines.of(points, fundamentals), width, height);
            Tensor best = bestOnLine(queries, map, segments, width, height, options.lineSamples());
            centres = random.map(r -> best.add(offsets(best, options.windowHalfSize(), r))).orElse(best);
            valid = segments.valid().mul(centres.select(2, 0).within(-1, 1)).mul(centres.select(2, 1).within(-1, 1));
            centres = scope.keep(centres.clamp(-FARTHEST, FARTHEST));
            scope.keep(valid);
        }
        return new Result(centres, valid, DifferentiableMatching.expectationInWindow(queries, map, centres,
                options.windowHalfSize(), false));
    }

    private static Tensor bestOnLine(Tensor queries, Tensor map, EpipolarSegments segments, int width, int height,
            int samples) {
        Tensor start = DifferentiableMatching.normalise(segments.start(), width, height).unsqueeze(2);
        Tensor end = DifferentiableMatching.normalise(segments.end(), width, height).unsqueeze(2);
        Tensor share = Tensor.linspace(0, 1, samples, start).reshape(1, 1, samples, 1);
        Tensor places = end.sub(start).mul(share).add(start);
        Tensor descriptors = map.sampleBorder(places, false).permute(0, 2, 3, 1);
        Tensor best = descriptors.matmul(queries.unsqueeze(-1)).squeeze(-1).argmax(2);
        Tensor place = best.reshape(best.size(0), best.size(1), 1, 1).expand(best.size(0), best.size(1), 1, 2);
        return places.gather(2, place).squeeze(2);
    }

    private static Tensor offsets(Tensor centres, double halfSize, RandomGenerator random) {
        double[] values = random.doubles(centres.count(), -1, 1).toArray();
        return Tensor.of(values, centres.shape()).like(centres).mul(JITTER * halfSize);
    }
}
