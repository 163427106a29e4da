package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import org.tiepoint.match.RatioTestMatcher;

class EvaluationTest {
    private static final double[] SHIFT_BY_5 = {1, 0, 5, 0, 1, 0, 0, 0, 1};

    @TempDir
    Path folder;

    private HandmadeFeatures features;
    private EvaluationSet set;
    private Path out;

    /** Image 2 has four points at errors of 0, 1, 2.5 and 20 pixels and one without a partner, image 3 has none. */
    @BeforeEach
    void write() throws IOException {
        out = folder.resolve("out");
        features = new HandmadeFeatures(folder);
        SetImage first = features.add("1.png", new float[] {1, 1, 2, 2, 3, 3, 4, 4}, 0, 1, 2, 3);
        SetImage second = features.add("2.png", new float[] {6, 1, 7, 3, 8, 5.5f, 29, 4, 0, 0}, 0, 1, 2, 3, 9);
        SetImage third = features.add("3.png", new float[0]);
        set = new EvaluationSet("hand", folder, List.of(pair("v_a/1-2", first, second, SHIFT_BY_5),
                pair("v_a/1-3", first, third, SHIFT_BY_5)));
    }

    @Test
    void averagesOverPairs() throws IOException {
        FeatureResult result = run(List.of(mutual("plain"))).sets().get(0).features().get(0);
        assertEquals(2, result.all().pairs());
        assertEquals(0.25, result.all().at("mma", 1).value(), 1e-12);
        assertEquals(0.375, result.all().at("mma", 10).value(), 1e-12);
        assertEquals(2, result.all().of("matches").value(), 1e-12);
        assertEquals(List.of("viewpoint"), List.copyOf(result.subsets().keySet()));
        assertEquals(0.5, result.pairs().get(0).score("mma2"), 1e-12);
        assertEquals(4, result.pairs().get(0).read().matches().count());
        assertEquals(0, result.all().at("mma", 1).low());
        assertEquals(0.5, result.all().at("mma", 1).high());
    }

    @Test
    void candidatesShareFeaturesAndEachImageIsAskedForOnce() throws IOException {
        Candidate strict = new Candidate("strict", features, new RatioTestMatcher(0.5), Map.of("matching", "ratio"));
        EvaluationResult result = run(List.of(mutual("plain"), strict));
        assertEquals(List.of("1.png", "2.png", "3.png"), features.asked());
        assertEquals(1, features.opened());
        assertEquals(4, result.sets().get(0).features().get(1).pairs().get(0).score("matches"));
    }

    @Test
    void aSecondRunTakesWhatIsThere() throws IOException {
        EvaluationResult first = run(List.of(mutual("plain")));
        assertEquals(first.sets().get(0).features().get(0).all(),
                run(List.of(mutual("plain"))).sets().get(0).features().get(0).all());
        assertEquals(3, features.asked().size());
        assertEquals(1, features.opened());
    }

    @Test
    void aKilledRunGoesOnWithWhatIsMissing() throws IOException {
        EvaluationResult first = run(List.of(mutual("plain")));
        Files.delete(first.sets().get(0).features().get(0).pairs().get(1).prediction());
        features.asked().clear();
        List<String> stages = new ArrayList<>();
        EvaluationResult second = new Evaluation(new HomographyProtocol(), out).run(List.of(set),
                List.of(mutual("plain")), Map.of(), new EvaluationListener() {
                    @Override
                    public void start(String stage, long total, long done) {
                        stages.add(stage + " " + done + "/" + total);
                    }

                    @Override
                    public void step() {}
                });
        assertEquals(List.of("1.png", "3.png"), features.asked());
        assertEquals(List.of("predict 1/2", "score 0/2"), stages);
        assertEquals(first.sets().get(0).features().get(0).all().at("mma", 3),
                second.sets().get(0).features().get(0).all().at("mma", 3));
    }

    /** A damaged prediction whose score is known is not read; without the scores it is, and is named. */
    @Test
    void scoresAreKeptBesideThePredictions() throws IOException {
        PairResult pair = run(List.of(mutual("plain"))).sets().get(0).features().get(0).pairs().get(0);
        var time = Files.getLastModifiedTime(pair.prediction());
        Files.write(pair.prediction(), new byte[(int) Files.size(pair.prediction())]);
        Files.setLastModifiedTime(pair.prediction(), time);
        Path scores = pair.prediction().resolveSibling("scores-homography.jsonl");
        Files.writeString(scores, "{\"key\":\"cut", StandardOpenOption.APPEND);
        assertEquals(pair.scores(), run(List.of(mutual("plain"))).sets().get(0).features().get(0).pairs().get(0)
                .scores());
        assertFalse(Files.readString(scores).contains("\"cut"));
        Files.delete(scores);
        String message = assertThrows(DatasetException.class, () -> run(List.of(mutual("plain")))).getMessage();
        assertTrue(message.startsWith(pair.prediction().toString()), message);
    }

    @Test
    void anotherTruthOrThresholdIsScoredAnew() throws IOException {
        assertEquals(0.5, scoreOfFirst(new HomographyProtocol(), "mma1"));
        EvaluationPair old = set.pairs().get(0);
        set = new EvaluationSet("hand", folder, List.of(pair(old.name(), old.first(), old.second(),
                new double[] {1, 0, 25, 0, 1, 0, 0, 0, 1}), set.pairs().get(1)));
        assertEquals(0.25, scoreOfFirst(new HomographyProtocol(), "mma1"));
        HomographyProtocol.Options usual = HomographyProtocol.Options.defaults();
        double usualRepeatability = scoreOfFirst(new HomographyProtocol(), "repeatability");
        double strict = scoreOfFirst(new HomographyProtocol(new HomographyProtocol.Options(usual.estimation(), 0.1)),
                "repeatability");
        assertTrue(strict > 0 && strict <= usualRepeatability, strict + " " + usualRepeatability);
    }

    @Test
    void otherSettingsOrImagesAreNotMixed() throws IOException {
        run(List.of(mutual("plain")));
        Candidate other = new Candidate("plain", features, new MutualNearestNeighborMatcher(), Map.of("max", "5"));
        assertMessage("max: the predictions in this folder were made with '4', now it is '5'", List.of(other));
        Files.write(folder.resolve("2.png"), new byte[] {1});
        assertMessage("images: the predictions in this folder were made with '3 files", List.of(mutual("plain")));
    }

    @Test
    void namesThatNoFileSystemTakesStayApart() throws IOException {
        run(List.of(mutual("h5:a/b.h5"), mutual("h5:a_b.h5")));
        try (Stream<Path> folders = Files.list(out.resolve("predictions"))) {
            assertEquals(2, folders.count());
        }
        assertEquals("orb", PredictionFolder.fileName("orb"));
        assertTrue(PredictionFolder.fileName("x".repeat(300)).length() < 100);
        assertTrue(PredictionFolder.fileName("..").startsWith("_."));
    }

    @Test
    void misuseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> run(List.of()));
        assertThrows(IllegalArgumentException.class, () -> run(List.of(mutual("a"), mutual("a"))));
        assertThrows(IllegalArgumentException.class, () -> new EvaluationSet("none", folder, List.of()));
    }

    private double scoreOfFirst(HomographyProtocol protocol, String score) throws IOException {
        return new Evaluation(protocol, out).run(List.of(set), List.of(mutual("plain")), Map.of(),
                EvaluationListener.silent()).sets().get(0).features().get(0).pairs().get(0).score(score);
    }

    private void assertMessage(String part, List<Candidate> candidates) {
        String message = assertThrows(DatasetException.class, () -> run(candidates)).getMessage();
        assertTrue(message.contains(part) && message.contains("give another --out, or remove the folder"), message);
    }

    private EvaluationResult run(List<Candidate> candidates) throws IOException {
        return new Evaluation(new HomographyProtocol(), out).run(List.of(set), candidates, Map.of(),
                EvaluationListener.silent());
    }

    private Candidate mutual(String name) {
        return new Candidate(name, features, new MutualNearestNeighborMatcher(), Map.of("max", "4"));
    }

    private static EvaluationPair pair(String name, SetImage first, SetImage second, double[] homography) {
        return new EvaluationPair(name, "v_a", first, second, new PairTruth.Homography(homography));
    }
}
