package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tiepoint.file.AtomicFile;

/**
 * Writes an evaluation's numbers: {@code summary.json} (see docs/evaluation.md), {@code summary.csv} (a line a number:
 * set, features, part, measure, threshold, value, low, high) and {@code pairs.csv} (a line a pair and features, a
 * column a score; an error where nothing was found is {@code inf}).
 */
public final class ResultFiles {
    private ResultFiles() {}

    /** Writes the three files, each whole or not at all, over those that are there. */
    public static void write(Path folder, EvaluationResult result) throws IOException {
        byte[] json = new SummaryJson().bytes(result);
        AtomicFile.write(folder.resolve("summary.json"), out -> out.write(json));
        CsvFile.write(folder.resolve("summary.csv"), summary(result));
        CsvFile.write(folder.resolve("pairs.csv"), pairs(result));
    }

    private static List<List<String>> summary(EvaluationResult result) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("set", "features", "part", "measure", "threshold", "value", "low", "high"));
        for (SetResult set : result.sets()) {
            for (FeatureResult feature : set.features()) {
                addSummary(lines, set.set().name(), feature.name(), "all", feature.all());
                feature.subsets().forEach((part, measures) ->
                        addSummary(lines, set.set().name(), feature.name(), part, measures));
            }
        }
        return lines;
    }

    private static void addSummary(List<List<String>> lines, String set, String feature, String part,
            Measures measures) {
        measures.values().forEach((name, byKey) -> byKey.forEach((key, estimate) ->
                lines.add(List.of(set, feature, part, name, key, CsvFile.number(estimate.value()), CsvFile.number(estimate.low()),
                        CsvFile.number(estimate.high())))));
    }

    private static List<List<String>> pairs(EvaluationResult result) {
        List<List<String>> lines = new ArrayList<>();
        for (SetResult set : result.sets()) {
            for (FeatureResult feature : set.features()) {
                for (PairResult pair : feature.pairs()) {
                    if (lines.isEmpty()) {
                        List<String> header = new ArrayList<>(List.of("set", "features", "pair", "group", "first",
                                "second"));
                        header.addAll(pair.scores().keySet());
                        lines.add(header);
                    }
                    List<String> line = new ArrayList<>(List.of(set.set().name(), feature.name(), pair.pair().name(),
                            pair.pair().group(), pair.pair().first().name(), pair.pair().second().name()));
                    for (Map.Entry<String, Double> score : pair.scores().entrySet()) {
                        line.add(CsvFile.number(score.getValue()));
                    }
                    lines.add(line);
                }
            }
        }
        return lines;
    }
}
