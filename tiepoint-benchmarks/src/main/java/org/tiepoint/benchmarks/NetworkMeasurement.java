package org.tiepoint.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.feature.Extractor;
import org.tiepoint.image.Image;

/** Times extractors on the same photos in turns. */
final class NetworkMeasurement {
    private static final int PHOTOS = 8;
    private static final String XFEAT_NETWORK = "XFeat's network, the rest alike";
    private static final String XFEAT = "XFeat";
    private static final String ALIKE = "ALIKE-N (libtorch)";
    private static final String SIFT = "OpenCV SIFT";

    private final Plan plan;
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    private record Candidate(Subject subject, Path file) {}

    private NetworkMeasurement(Plan plan) {
        this.plan = plan;
    }

    static Results run(Plan plan) throws IOException {
        return new NetworkMeasurement(plan).run();
    }

    private Results run() throws IOException {
        plan.models().forEach((name, file) -> add(name, Subject.MODEL, file));
        addPeer(XFEAT_NETWORK, Subject.XFEAT_NETWORK, "xfeat.onnx");
        addPeer(XFEAT, Subject.XFEAT, "xfeat.onnx");
        addPeer(ALIKE, Subject.ALIKE, "alike-n.pt");
        add(SIFT, Subject.SIFT, Path.of(""));
        Path photos = plan.work().resolve("photos");
        Photos.writeRich(plan.photoSource(), PHOTOS, photos);
        Map<String, Integer> points = countPoints(photos);
        List<Rounds.Turn> turns = new ArrayList<>();
        candidates.forEach((name, candidate) -> turns.add(new Rounds.Turn(name + " (" + points.get(name) + " points)",
                "ExtractBenchmark.extract", Map.of("subject", candidate.subject().name(), "file",
                candidate.file().toString(), "photos", photos.toString()))));
        List<Rounds.Timed> timed = plan.rounds().run(turns);
        List<String> names = List.copyOf(candidates.keySet());
        Map<String, Rounds.Timed> results = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            results.put(names.get(i), timed.get(i));
        }
        return new Results(Group.NETWORKS.word(), Environment.text(), rows(results), leftOut);
    }

    private static List<Row> rows(Map<String, Rounds.Timed> results) {
        List<Row> rows = new ArrayList<>();
        for (String model : List.of(Plan.SMALL, Plan.MEDIUM)) {
            for (String other : List.of(XFEAT_NETWORK, XFEAT, ALIKE, SIFT)) {
                addRow(results, model, other, rows);
            }
            addRow(results, model + Plan.ROUNDED, XFEAT_NETWORK, rows);
            addRow(results, model + Plan.ROUNDED, model, rows);
        }
        return rows;
    }

    /** Where both were timed. */
    private static void addRow(Map<String, Rounds.Timed> results, String model, String other, List<Row> to) {
        if (results.containsKey(model) && results.containsKey(other)) {
            to.add(Row.beside(results.get(model).name() + ", 640x480, " + Environment.THREADS + " threads",
                    results.get(model), results.get(other)));
        }
    }

    private void add(String name, Subject subject, Path file) {
        candidates.put(name, new Candidate(subject, file));
    }

    private void addPeer(String name, Subject subject, String file) {
        Path path = plan.peer(file);
        if (Files.exists(path)) {
            add(name, subject, path);
        } else {
            leftOut.add(name + ": there is no " + path);
        }
    }

    /** The mean number of key points, by candidate. */
    private Map<String, Integer> countPoints(Path photos) throws IOException {
        Map<String, Integer> points = new LinkedHashMap<>();
        List<Image> images = Photos.load(photos);
        for (Map.Entry<String, Candidate> entry : candidates.entrySet()) {
            try (Extractor extractor = entry.getValue().subject().open(entry.getValue().file())) {
                points.put(entry.getKey(), (int) Math.round(images.stream()
                        .mapToInt(image -> extractor.extract(image).keypoints().count()).average().orElse(0)));
            }
        }
        return points;
    }
}
