package org.tiepoint.evaluation.localisation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tiepoint.evaluation.CsvFile;
import org.tiepoint.evaluation.Estimate;
import org.tiepoint.evaluation.MarkdownTable;
import org.tiepoint.evaluation.Measures;
import org.tiepoint.evaluation.MeasuresJson;
import org.tiepoint.file.AtomicFile;

/**
 * Writes the numbers of an evaluation of localisation: {@code summary.json} (see docs/localisation.md; numbers of
 * {@code sets[].features[]}, their intervals below {@code interval}), {@code summary.csv} (a line a number: set,
 * features, part, measure, threshold, value, low, high) and {@code queries.csv} (a line a query and features). An error
 * without a pose is {@code inf}, in JSON "Infinity".
 */
public final class LocalisationFiles {
    private LocalisationFiles() {}

    /** Writes the three files, each whole or not at all, over those that are there. */
    public static void write(Path folder, LocalisationResult result) throws IOException {
        byte[] json = json(result);
        AtomicFile.write(folder.resolve("summary.json"), out -> out.write(json));
        CsvFile.write(folder.resolve("summary.csv"), summary(result));
        CsvFile.write(folder.resolve("queries.csv"), queries(result));
    }

    private static byte[] json(LocalisationResult result) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("format", "tiepoint-evaluation-1")
                .put("protocol", "localisation");
        root.set("settings", mapper.valueToTree(result.settings()));
        root.set("machine", mapper.valueToTree(result.machine()));
        root.set("versions", mapper.valueToTree(result.versions()));
        ArrayNode sets = root.putArray("sets");
        for (LocalisationResult.Scene scene : result.scenes()) {
            ArrayNode features = sets.addObject().put("name", scene.name()).put("references", scene.references())
                    .put("queries", scene.queries()).putArray("features");
            for (LocalisationResult.Feature feature : scene.features()) {
                ObjectNode node = features.addObject().put("name", feature.name()).put("points", feature.points());
                node.set("settings", mapper.valueToTree(feature.settings()));
                MeasuresJson.put(node, "queries", feature.measures());
            }
        }
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }

    private static List<List<String>> summary(LocalisationResult result) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("set", "features", "part", "measure", "threshold", "value", "low", "high"));
        for (LocalisationResult.Scene scene : result.scenes()) {
            for (LocalisationResult.Feature feature : scene.features()) {
                feature.measures().values().forEach((name, byKey) -> byKey.forEach((key, estimate) -> lines.add(List.of(
                        scene.name(), feature.name(), "all", name, key, CsvFile.number(estimate.value()),
                        CsvFile.number(estimate.low()), CsvFile.number(estimate.high())))));
            }
        }
        return lines;
    }

    private static List<List<String>> queries(LocalisationResult result) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("set", "features", "query", "translation", "rotationDegrees", "matches", "inliers",
                "references"));
        for (LocalisationResult.Scene scene : result.scenes()) {
            for (LocalisationResult.Feature feature : scene.features()) {
                for (QueryResult query : feature.queries()) {
                    lines.add(List.of(scene.name(), feature.name(), query.name(),
                            CsvFile.number(query.translationError()), CsvFile.number(query.rotationDegrees()),
                            Integer.toString(query.found().matches()), Integer.toString(query.found().inliers()),
                            String.join(" ", query.found().references())));
                }
            }
        }
        return lines;
    }

    /** A heading and a table for each scene, separated by blank lines. */
    public static String markdown(LocalisationResult result) {
        StringBuilder text = new StringBuilder();
        for (LocalisationResult.Scene scene : result.scenes()) {
            text.append(text.isEmpty() ? "" : "\n").append("### ").append(scene.name()).append(" (")
                    .append(scene.queries()).append(" queries, ").append(scene.references())
                    .append(" references)\n\n").append(table(scene));
        }
        return text.toString();
    }

    private static String table(LocalisationResult.Scene scene) {
        MarkdownTable table = new MarkdownTable(1, "features", "median t (95 %)", "median R (95 %)", "0.05, 5 deg",
                "0.25, 2 deg (95 %)", "0.5, 5 deg", "5, 10 deg", "localised", "inliers", "matches", "points");
        for (LocalisationResult.Feature feature : scene.features()) {
            Measures measures = feature.measures();
            table.row(List.of(feature.name(), interval(measures.of("medianTranslation"), 3),
                    interval(measures.of("medianRotation"), 2), value(within(measures, "0.05/5"), 3),
                    interval(within(measures, "0.25/2"), 3), value(within(measures, "0.5/5"), 3),
                    value(within(measures, "5/10"), 3), value(measures.of("localised"), 3),
                    value(measures.of("inliers"), 0), value(measures.of("matches"), 0),
                    Integer.toString(feature.points())));
        }
        return table.toString();
    }

    private static Estimate within(Measures measures, String key) {
        return measures.values().get("within").get(key);
    }

    private static String interval(Estimate estimate, int places) {
        return value(estimate, places) + " (" + decimal(estimate.low(), places) + "-"
                + decimal(estimate.high(), places) + ")";
    }

    private static String value(Estimate estimate, int places) {
        return decimal(estimate.value(), places);
    }

    private static String decimal(double value, int places) {
        return Double.isInfinite(value) ? "inf" : String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
