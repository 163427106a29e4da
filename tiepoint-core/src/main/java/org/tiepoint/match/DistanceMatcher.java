package org.tiepoint.match;

import org.tiepoint.feature.Features;

/**
 * Mutual nearest neighbours whose Euclidean distance is within a limit; in the order of the first image. The score is
 * the negative distance. Descriptors with a NaN are never matched. Immutable; safe for use by several threads.
 */
public final class DistanceMatcher implements Matcher {
    private final Options options;

    /**
     * @param maxDistance the largest distance of a match, above 0, in the descriptors' own unit: between 0 and 2 for
     *                    descriptors of length 1; for binary ones, the square root of the number of bits that differ
     */
    public record Options(double maxDistance) {
        public Options {
            if (!(maxDistance > 0)) {
                throw new IllegalArgumentException("maxDistance is " + maxDistance + ": it must be above 0");
            }
        }

        /** 0.7, for descriptors of length 1. */
        public static Options defaults() {
            return new Options(0.7);
        }
    }

    public DistanceMatcher(Options options) {
        this.options = options;
    }

    @Override
    public Matches match(Features first, Features second) {
        NearestNeighbors neighbors = new NearestNeighbors(first, second, Metric.EUCLIDEAN, false);
        MatchList matches = new MatchList(neighbors.nearest.length);
        for (int i = 0; i < neighbors.nearest.length; i++) {
            int j = neighbors.nearest[i];
            if (j >= 0 && neighbors.back[j] == i) {
                double distance = neighbors.value(i, j);
                if (distance <= options.maxDistance()) {
                    matches.add(i, j, (float) -distance);
                }
            }
        }
        return matches.toMatches();
    }
}
