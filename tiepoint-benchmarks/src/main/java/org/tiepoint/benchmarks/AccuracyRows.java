package org.tiepoint.benchmarks;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How good the compact networks are, from what {@code tiepoint evaluate} wrote: nothing is timed here. Features whose
 * name begins with {@value #OURS} make rows, the others are what they are compared with, RootSIFT first.
 */
final class AccuracyRows {
    private static final String OURS = "compact";
    private static final String BASELINE = "rootsift";
    /** Sequences of the extreme view dataset, whose pairs count as matched or not. */
    private static final String EXTREME = "evd";
    private static final int RIGHT_MATCHES = 15;

    private AccuracyRows() {}

    static Results read(Plan plan) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        if (plan.homographies().isPresent()) {
            rows.addAll(ofHomographies(plan.homographies().get()));
        } else {
            leftOut.add("MMA: no results of evaluate homography were given");
        }
        if (plan.poses().isPresent()) {
            rows.addAll(ofPoses(plan.poses().get()));
        } else {
            leftOut.add("pose AUC: no results of evaluate pose were given");
        }
        return new Results(Group.ACCURACY.word(), Environment.text(), rows, leftOut);
    }

    /**
     * Of {@code evaluate homography}: MMA@3, and how many extreme pairs are matched.
     *
     * @param folder its {@code --out}
     */
    static List<Row> ofHomographies(Path folder) throws IOException {
        List<Map<String, String>> pairs = table(folder.resolve("pairs.csv"));
        Predicate<Map<String, String>> extreme = pair -> pair.get("group").contains(EXTREME);
        String sequences = String.join(", ", new TreeSet<>(pairs.stream().filter(extreme.negate())
                .map(pair -> pair.get("group")).toList()));
        List<Row> rows = new ArrayList<>(rows("MMA@3, mean of " + sequences, "%.3f", byFeatures(pairs, extreme.negate(),
                list -> list.stream().mapToDouble(pair -> number(pair, "mma3")).average().orElse(0))));
        long count = pairs.stream().filter(extreme).map(pair -> pair.get("pair")).distinct().count();
        if (count > 0) {
            rows.addAll(rows("EVD, pairs of " + count + " with " + RIGHT_MATCHES + " right matches", "%.0f",
                    byFeatures(pairs, extreme, list -> list.stream().filter(pair ->
                            number(pair, "mma3") * number(pair, "matches") > RIGHT_MATCHES - 0.5).count())));
        }
        return rows;
    }

    /**
     * Of {@code evaluate pose}: the area under the curve of pose errors, mean over the sets.
     *
     * @param folder its {@code --out}
     */
    static List<Row> ofPoses(Path folder) throws IOException {
        Path file = folder.resolve("summary.json");
        JsonNode sets;
        try {
            sets = JsonMapper.builder().build().readTree(file.toFile()).path("sets");
        } catch (JacksonException e) {
            throw new IOException(file + ": is damaged (" + e.getOriginalMessage() + "): evaluate again", e);
        }
        List<Row> rows = new ArrayList<>();
        for (String degrees : List.of("5", "10", "20")) {
            Map<String, List<Double>> values = new LinkedHashMap<>();
            sets.forEach(set -> set.path("features").forEach(features -> values.computeIfAbsent(
                    features.path("name").asText(), name -> new ArrayList<>()).add(
                    features.path("auc").path(degrees).asDouble())));
            Map<String, Double> means = new LinkedHashMap<>();
            values.forEach((name, all) -> means.put(name,
                    all.stream().mapToDouble(Double::doubleValue).average().orElse(0)));
            rows.addAll(rows("pose AUC@" + degrees + ", mean of " + sets.size() + " sets", "%.3f", means));
        }
        return rows;
    }

    private static Map<String, Double> byFeatures(List<Map<String, String>> pairs,
            Predicate<Map<String, String>> counts, ToDoubleFunction<List<Map<String, String>>> measure) {
        Map<String, Double> values = new LinkedHashMap<>();
        pairs.stream().filter(counts).collect(Collectors.groupingBy(pair -> pair.get("features"), LinkedHashMap::new,
                Collectors.toList())).forEach((name, of) -> values.put(name, measure.applyAsDouble(of)));
        return values;
    }

    private static List<Row> rows(String what, String form, Map<String, Double> values) {
        String others = values.entrySet().stream().filter(entry -> !entry.getKey().startsWith(OURS))
                .map(entry -> entry.getKey() + ": " + String.format(Locale.ROOT, form, entry.getValue()))
                .collect(Collectors.joining(", "));
        double baseline = values.getOrDefault(BASELINE, 0.0);
        return values.entrySet().stream().filter(entry -> entry.getKey().startsWith(OURS)).map(entry -> new Row(
                entry.getKey() + ", " + what + " (more is better)", String.format(Locale.ROOT, form, entry.getValue()),
                others, baseline > 0 ? String.format(Locale.ROOT, "%.2f", entry.getValue() / baseline) : "")).toList();
    }

    private static double number(Map<String, String> pair, String column) {
        return Double.parseDouble(pair.get(column));
    }

    private static List<Map<String, String>> table(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] names = lines.isEmpty() ? new String[0] : lines.get(0).split(",");
        if (!List.of(names).containsAll(List.of("features", "pair", "group", "mma3", "matches"))) {
            throw new IOException(file + ": is no list of pairs of 'tiepoint evaluate homography': name its --out");
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] values = lines.get(i).split(",", -1);
            if (values.length != names.length) {
                throw new IOException(file + ", line " + (i + 1) + ": has " + values.length + " values, "
                        + names.length + " are needed: evaluate again");
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int k = 0; k < names.length; k++) {
                row.put(names[k], values[k]);
            }
            rows.add(row);
        }
        return rows;
    }
}
