package org.tiepoint.evaluation.retrieval;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The means over all queries of one method.
 *
 * @param name    of the method
 * @param means   by difficulty; empty for one without any query to be answered
 * @param queries the score of each query by difficulty, in their order
 */
public record RetrievalScores(String name, Map<Difficulty, Optional<RankingScore>> means,
        List<Map<Difficulty, Optional<RankingScore>>> queries) {
    /**
     * Judges the rankings of a method.
     *
     * @param rankings places in the database for each query, best first
     */
    public static RetrievalScores of(String name, RetrievalSet set, List<int[]> rankings) {
        List<Map<Difficulty, Optional<RankingScore>>> queries = new ArrayList<>();
        for (int i = 0; i < rankings.size(); i++) {
            RetrievalQuery query = set.queries().get(i);
            Map<Difficulty, Optional<RankingScore>> scores = new EnumMap<>(Difficulty.class);
            for (Difficulty difficulty : Difficulty.values()) {
                scores.put(difficulty, RankingScore.of(rankings.get(i), difficulty.positives(query),
                        difficulty.ignored(query)));
            }
            queries.add(scores);
        }
        Map<Difficulty, Optional<RankingScore>> means = new EnumMap<>(Difficulty.class);
        for (Difficulty difficulty : Difficulty.values()) {
            means.put(difficulty, mean(queries.stream().flatMap(q -> q.get(difficulty).stream()).toList()));
        }
        return new RetrievalScores(name, means, queries);
    }

    private static Optional<RankingScore> mean(List<RankingScore> scores) {
        if (scores.isEmpty()) {
            return Optional.empty();
        }
        double area = 0;
        double[] precision = new double[RankingScore.ranks().length];
        for (RankingScore score : scores) {
            area += score.averagePrecision() / scores.size();
            for (int k = 0; k < precision.length; k++) {
                precision[k] += score.precisionAt()[k] / scores.size();
            }
        }
        return Optional.of(new RankingScore(area, precision));
    }
}
