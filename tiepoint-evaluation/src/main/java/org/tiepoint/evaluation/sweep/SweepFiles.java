package org.tiepoint.evaluation.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tiepoint.evaluation.CsvFile;
import org.tiepoint.evaluation.MeasuresJson;
import org.tiepoint.evaluation.SetNames;
import org.tiepoint.evaluation.sweep.SweepResult.FeatureSweeps;
import org.tiepoint.file.AtomicFile;

/**
 * Writes the numbers of sweeps: {@code summary.json} (see docs/evaluation.md), {@code summary.csv} (a line a number:
 * set, features, sweep, level, measure, threshold, value, low, high) and {@code photos.csv} (a line a photo, level and
 * features).
 */
public final class SweepFiles {
    private SweepFiles() {}

    /** Writes the three files, each whole or not at all, over those that are there. */
    public static void write(Path folder, SweepResult result) throws IOException {
        byte[] json = json(result);
        AtomicFile.write(folder.resolve("summary.json"), out -> out.write(json));
        CsvFile.write(folder.resolve("summary.csv"), summary(result));
        CsvFile.write(folder.resolve("photos.csv"), photos(result));
    }

    /**
     * {@code sets[].features[].sweeps.rotation[]} has an object a level: {@code level}, {@code mma["3"]},
     * {@code correct["3"]}, {@code repeatability}, {@code keypoints}, {@code matches}, and {@code interval} with the
     * 95 % interval of each.
     */
    private static byte[] json(SweepResult result) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("format", "tiepoint-evaluation-1").put("protocol", "sweep");
        root.set("settings", mapper.valueToTree(result.settings()));
        root.set("machine", mapper.valueToTree(result.machine()));
        root.set("versions", mapper.valueToTree(result.versions()));
        ObjectNode set = root.putArray("sets").addObject().put("name", name(result))
                .put("folder", result.photos().folder().toString());
        set.set("photos", mapper.valueToTree(result.photos().names()));
        ArrayNode features = set.putArray("features");
        for (FeatureSweeps feature : result.features()) {
            ObjectNode node = features.addObject().put("name", feature.name());
            node.set("settings", mapper.valueToTree(feature.settings()));
            ObjectNode sweeps = node.putObject("sweeps");
            feature.sweeps().forEach((kind, levels) -> {
                ArrayNode array = sweeps.putArray(kind.toString());
                levels.forEach(level -> {
                    ObjectNode numbers = array.addObject().put("level", level.level());
                    MeasuresJson.put(numbers, "photos", level.measures());
                });
            });
        }
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }

    private static List<List<String>> summary(SweepResult result) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("set", "features", "sweep", "level", "measure", "threshold", "value", "low", "high"));
        for (FeatureSweeps feature : result.features()) {
            feature.sweeps().forEach((kind, levels) -> levels.forEach(level -> level.measures().values()
                    .forEach((name, byKey) -> byKey.forEach((key, estimate) -> lines.add(List.of(name(result),
                            feature.name(), kind.toString(), Double.toString(level.level()), name, key,
                            CsvFile.number(estimate.value()), CsvFile.number(estimate.low()),
                            CsvFile.number(estimate.high())))))));
        }
        return lines;
    }

    private static List<List<String>> photos(SweepResult result) {
        List<List<String>> lines = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("set", "features", "sweep", "level", "photo", "firstKeypoints",
                "secondKeypoints", "matches", "repeatability"));
        for (int pixels = 1; pixels <= SweepOutcome.MAX_PIXELS; pixels++) {
            header.add("correct" + pixels);
        }
        lines.add(header);
        for (FeatureSweeps feature : result.features()) {
            for (SweepOutcome outcome : feature.outcomes()) {
                List<String> line = new ArrayList<>(List.of(name(result), feature.name(), outcome.kind().toString(),
                        Double.toString(outcome.level()), outcome.photo(), Integer.toString(outcome.firstPoints()),
                        Integer.toString(outcome.secondPoints()), Integer.toString(outcome.matches()),
                        Double.toString(outcome.repeatability())));
                for (int within : outcome.within()) {
                    line.add(Integer.toString(within));
                }
                lines.add(line);
            }
        }
        return lines;
    }

    private static String name(SweepResult result) {
        return SetNames.of(result.photos().folder());
    }
}
