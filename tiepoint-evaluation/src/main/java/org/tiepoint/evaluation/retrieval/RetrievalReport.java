package org.tiepoint.evaluation.retrieval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.evaluation.MarkdownTable;

/** The scores of several methods, side by side. */
public final class RetrievalReport {
    private RetrievalReport() {}

    /** Mean average precision and precision at 1, 5 and 10 by difficulty, in percent, as a Markdown table. */
    public static String table(List<RetrievalScores> methods) {
        List<String> header = new ArrayList<>(List.of("ranking"));
        for (Difficulty difficulty : Difficulty.values()) {
            header.add("mAP " + difficulty);
            for (int k : RankingScore.ranks()) {
                header.add("mP@" + k);
            }
        }
        MarkdownTable table = new MarkdownTable(1, header.toArray(String[]::new));
        for (RetrievalScores method : methods) {
            List<String> row = new ArrayList<>(List.of(method.name()));
            for (Difficulty difficulty : Difficulty.values()) {
                Optional<RankingScore> mean = method.means().get(difficulty);
                row.add(percent(mean.map(RankingScore::averagePrecision)));
                for (int k = 0; k < RankingScore.ranks().length; k++) {
                    int at = k;
                    row.add(percent(mean.map(score -> score.precisionAt()[at])));
                }
            }
            table.row(row);
        }
        return table.toString();
    }

    /**
     * The same numbers from 0 to 1, and those of every query: an array of {@code name}, {@code map.easy},
     * {@code map.medium}, {@code map.hard}, {@code mp.easy["1"]} and so on, and {@code queries} with {@code image} and
     * {@code ap}. What cannot be measured is null.
     */
    public static ArrayNode json(RetrievalSet set, List<RetrievalScores> methods) {
        ArrayNode root = new ObjectMapper().createArrayNode();
        for (RetrievalScores method : methods) {
            ObjectNode node = root.addObject().put("name", method.name());
            precisions(node, "map", method.means());
            ObjectNode precision = node.putObject("mp");
            method.means().forEach((difficulty, mean) -> {
                ObjectNode at = precision.putObject(difficulty.toString());
                for (int k = 0; k < RankingScore.ranks().length; k++) {
                    at.put(String.valueOf(RankingScore.ranks()[k]), mean.isPresent() ? mean.get().precisionAt()[k] : null);
                }
            });
            ArrayNode queries = node.putArray("queries");
            for (int i = 0; i < method.queries().size(); i++) {
                precisions(queries.addObject().put("image", set.queries().get(i).image()), "ap",
                        method.queries().get(i));
            }
        }
        return root;
    }

    private static void precisions(ObjectNode node, String key, Map<Difficulty, Optional<RankingScore>> scores) {
        ObjectNode values = node.putObject(key);
        scores.forEach((difficulty, score) -> values.put(difficulty.toString(),
                score.map(RankingScore::averagePrecision).orElse(null)));
    }

    private static String percent(Optional<Double> share) {
        return share.map(value -> String.format(Locale.ROOT, "%.1f", 100 * value)).orElse("-");
    }
}
