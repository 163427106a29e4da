package org.tiepoint.evaluation.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How good one query's ranking is.
 *
 * @param averagePrecision area under the curve of precision over recall by trapezoids, 0 to 1
 * @param precisionAt      share of positives among the first {@link #RANKS}, 0 to 1
 */
public record RankingScore(double averagePrecision, double[] precisionAt) {
    private static final int[] RANKS = {1, 5, 10};

    /** The ranks at which precision is measured: 1, 5 and 10. */
    public static int[] ranks() {
        return RANKS.clone();
    }

    /**
     * Judges a ranking, as revisitop's compute_map does: ignored images are taken out first, and precision at k is
     * measured at the last positive where that comes before k.
     *
     * @param ranking   places in the database, best first; all of them, or the first so many
     * @param positives what should be found
     * @param ignored   what is taken out
     * @return empty when there is nothing to be found: such queries do not count
     */
    public static Optional<RankingScore> of(int[] ranking, Set<Integer> positives, Set<Integer> ignored) {
        if (positives.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> found = new ArrayList<>();
        int rank = 0;
        for (int place : ranking) {
            // as there, an image that is both (no published truth has one) counts as a positive
            if (positives.contains(place)) {
                found.add(rank++);
            } else if (!ignored.contains(place)) {
                rank++;
            }
        }
        double area = 0;
        for (int i = 0; i < found.size(); i++) {
            int at = found.get(i);
            double before = at == 0 ? 1 : (double) i / at;
            area += (before + (i + 1.0) / (at + 1)) / 2 / positives.size();
        }
        double[] precision = new double[RANKS.length];
        for (int k = 0; k < RANKS.length && !found.isEmpty(); k++) {
            int limit = Math.min(found.get(found.size() - 1) + 1, RANKS[k]);
            precision[k] = (double) found.stream().filter(at -> at < limit).count() / limit;
        }
        return Optional.of(new RankingScore(area, precision));
    }
}
