package org.tiepoint.match;

import org.tiepoint.feature.Features;

/**
 * Keeps the pairs in which each descriptor is the other's nearest, found exhaustively; in the order of the first image.
 * Of equally near descriptors the one with the lower index counts. Descriptors with a NaN are never matched. The score
 * is the negative distance or the dot product, by {@link Metric}. Immutable; safe for use by several threads.
 */
public final class MutualNearestNeighborMatcher implements Matcher {
    private final Options options;

    /** @param metric how near two descriptors are */
    public record Options(Metric metric) {
        /** Euclidean distance, as CAPS matches. */
        public static Options defaults() {
            return new Options(Metric.EUCLIDEAN);
        }
    }

    public MutualNearestNeighborMatcher() {
        this(Options.defaults());
    }

    public MutualNearestNeighborMatcher(Options options) {
        this.options = options;
    }

    @Override
    public Matches match(Features first, Features second) {
        NearestNeighbors neighbors = new NearestNeighbors(first, second, options.metric(), false);
        MatchList matches = new MatchList(neighbors.nearest.length);
        for (int i = 0; i < neighbors.nearest.length; i++) {
            int j = neighbors.nearest[i];
            if (j >= 0 && neighbors.back[j] == i) {
                double value = neighbors.value(i, j);
                matches.add(i, j, (float) (options.metric() == Metric.DOT ? value : -value));
            }
        }
        return matches.toMatches();
    }
}
