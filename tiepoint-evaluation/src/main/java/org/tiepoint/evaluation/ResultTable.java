package org.tiepoint.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An evaluation as Markdown: a table a set, a row by features and part of the set. */
public final class ResultTable {
    private static final List<Column> HOMOGRAPHY = List.of(new Column("MMA@1", "mma", "1", 3),
            new Column("@3", "mma", "3", 3).withInterval(), new Column("@5", "mma", "5", 3),
            new Column("@10", "mma", "10", 3), new Column("H@1", "homographyAccuracy", "1", 3),
            new Column("@3", "homographyAccuracy", "3", 3), new Column("@5", "homographyAccuracy", "5", 3),
            new Column("@10", "homographyAccuracy", "10", 3), new Column("AUC@5", "auc", "5", 3),
            new Column("H@3 MAGSAC", "homographyAccuracyMagsac", "3", 3), new Column("repeat.", "repeatability", "", 3),
            new Column("points", "keypoints", "", 0), new Column("matches", "matches", "", 0),
            new Column("inliers", "inliers", "", 0), new Column("extract s", "extractSeconds", "", 3),
            new Column("match s", "matchSeconds", "", 3));
    private static final List<Column> POSE = List.of(new Column("AUC@5", "auc", "5", 3).withInterval(),
            new Column("@10", "auc", "10", 3), new Column("@20", "auc", "20", 3),
            new Column("RANSAC@5", "aucRansac", "5", 3), new Column("@10", "aucRansac", "10", 3),
            new Column("@20", "aucRansac", "20", 3), new Column("R<10", "capsRotation", "10", 3),
            new Column("t<10", "capsTranslation", "10", 3), new Column("both", "capsBoth", "10", 3),
            new Column("precision", "precision", "", 3), new Column("points", "keypoints", "", 0),
            new Column("matches", "matches", "", 0), new Column("inliers", "inliers", "", 0),
            new Column("extract s", "extractSeconds", "", 3), new Column("match s", "matchSeconds", "", 3));

    private record Column(String title, String measure, String key, int places, boolean interval) {
        Column(String title, String measure, String key, int places) {
            this(title, measure, key, places, false);
        }

        Column withInterval() {
            return new Column(title + " (95 %)", measure, key, places, true);
        }

        String cell(Measures measures) {
            Estimate estimate = measures.values().get(measure).get(key);
            String value = decimal(estimate.value());
            return interval ? value + " (" + decimal(estimate.low()) + "-" + decimal(estimate.high()) + ")" : value;
        }

        private String decimal(double value) {
            return String.format(Locale.ROOT, "%." + places + "f", value);
        }
    }

    private ResultTable() {}

    /** A heading and a table for each set, separated by blank lines. */
    public static String markdown(EvaluationResult result) {
        List<Column> columns = result.protocol().equals("homography") ? HOMOGRAPHY : POSE;
        StringBuilder text = new StringBuilder();
        for (SetResult set : result.sets()) {
            text.append(text.isEmpty() ? "" : "\n").append("### ").append(set.set().name()).append(" (")
                    .append(set.set().pairs().size()).append(" pairs)\n\n").append(table(set, columns));
        }
        return text.toString();
    }

    private static String table(SetResult set, List<Column> columns) {
        String[] header = new String[columns.size() + 2];
        header[0] = "features";
        header[1] = "part";
        Arrays.setAll(header, i -> i < 2 ? header[i] : columns.get(i - 2).title);
        MarkdownTable table = new MarkdownTable(2, header);
        for (FeatureResult feature : set.features()) {
            table.row(cells(feature.name(), "all", feature.all(), columns));
        }
        List<String> parts = set.features().stream().flatMap(feature -> feature.subsets().keySet().stream()).distinct()
                .toList();
        for (String part : parts) {
            for (FeatureResult feature : set.features()) {
                Measures measures = feature.subsets().get(part);
                if (measures != null && measures.pairs() < feature.all().pairs()) {
                    table.row(cells(feature.name(), part + " (" + measures.pairs() + ")", measures, columns));
                }
            }
        }
        return table.toString();
    }

    private static List<String> cells(String feature, String part, Measures measures, List<Column> columns) {
        List<String> cells = new ArrayList<>(List.of(feature, part));
        columns.forEach(column -> cells.add(column.cell(measures)));
        return cells;
    }
}
