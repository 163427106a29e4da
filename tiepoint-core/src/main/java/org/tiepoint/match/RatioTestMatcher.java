package org.tiepoint.match;

import org.tiepoint.feature.Features;

/**
 * Lowe's ratio test (IJCV 2004) on mutual nearest neighbours: a match is kept when its distance is below the ratio
 * times the distance to the second nearest descriptor of the second image. With fewer than two descriptors there the
 * test says nothing and no match is kept. The score is one minus the quotient of the two distances. In the order of the
 * first image. Immutable; safe for use by several threads.
 */
public final class RatioTestMatcher implements Matcher {
    private final Options options;

    /**
     * @param ratio  above 0, at most 1; the lower the stricter
     * @param mutual whether both descriptors must be nearest to each other; Lowe's own test does not ask for it
     */
    public record Options(double ratio, boolean mutual) {
        public Options {
            if (!(ratio > 0 && ratio <= 1)) {
                throw new IllegalArgumentException("ratio is " + ratio + ": it must be above 0 and at most 1");
            }
        }

        /** Ratio 0.8, mutual. */
        public static Options defaults() {
            return new Options(0.8, true);
        }
    }

    /** Mutual, with this ratio. */
    public RatioTestMatcher(double ratio) {
        this(new Options(ratio, true));
    }

    public RatioTestMatcher(Options options) {
        this.options = options;
    }

    @Override
    public Matches match(Features first, Features second) {
        NearestNeighbors neighbors = new NearestNeighbors(first, second, Metric.EUCLIDEAN, true);
        MatchList matches = new MatchList(neighbors.nearest.length);
        for (int i = 0; i < neighbors.nearest.length; i++) {
            int j = neighbors.nearest[i];
            if (neighbors.second[i] < 0 || options.mutual() && neighbors.back[j] != i) {
                continue;
            }
            double distance = neighbors.value(i, j);
            double next = neighbors.value(i, neighbors.second[i]);
            if (distance < options.ratio() * next) {
                matches.add(i, j, (float) (1 - distance / next));
            }
        }
        return matches.toMatches();
    }
}
