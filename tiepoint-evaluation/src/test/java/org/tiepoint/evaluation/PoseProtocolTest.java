package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.feature.DetectThenDescribe;
import org.tiepoint.feature.ImageFeatures;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.ImageSize;
import org.tiepoint.match.RatioTestMatcher;
import org.tiepoint.testing.SharedFiles;

class PoseProtocolTest {
    private final PoseProtocol protocol = new PoseProtocol();

    /** Epipolar lines of a camera that moved to the right are rows: two matches keep theirs, one is within 3 px. */
    @Test
    void countsMatchesNearTheirEpipolarLines() {
        Map<String, Double> scores = protocol.score(pair(new double[] {-1, 0, 0}), Predictions.inOrder(
                new float[] {10, 10, 20, 15, 30, 20, 35, 5}, new float[] {5, 10, 12, 17.5f, 25, 23.5f, 30, 5}));
        assertEquals(0.75, scores.get("precision"), 1e-12);
        assertEquals(4, scores.get("matches"));
    }

    @Test
    void tooFewMatchesAreAnInfiniteError() {
        Map<String, Double> scores = protocol.score(pair(new double[] {-1, 0, 0}), Predictions.inOrder(
                new float[] {10, 10}, new float[0]));
        for (String error : List.of("poseError", "rotationErrorRansac", "capsPoseError")) {
            assertEquals(Double.POSITIVE_INFINITY, scores.get(error), error);
        }
        assertEquals(0, scores.get("precision"));
        Measures measures = protocol.summarise(List.of(new PairResult(pair(new double[] {1, 0, 0}), Path.of("none"),
                scores)));
        assertEquals(0, measures.at("auc", 20).value());
        assertEquals(0, measures.at("capsBoth", 10).value());
    }

    @Test
    void difficultyFollowsFromTheTrueRotation() {
        assertEquals(List.of("easy", "easy", "moderate", "moderate", "hard", "hard", ""),
                Stream.of(0.0, 14.9, 15.0, 29.9, 30.0, 60.0, 60.1).map(this::difficulty).toList());
    }

    private String difficulty(double rotation) {
        PairResult result = new PairResult(pair(new double[] {1, 0, 0}), Path.of("none"), Map.of("trueRotation",
                rotation));
        return String.join(",", protocol.subsets().entrySet().stream().filter(e -> e.getValue().test(result))
                .map(Map.Entry::getKey).toList());
    }

    /** K of a photo of half the size, with the centre of the top-left pixel at (0, 0). */
    @Test
    void intrinsicsOfAnotherSizeAreScaled() {
        Intrinsics half = new Intrinsics(500, 400, 159.5, 119.5, Optional.of(new ImageSize(320, 240)));
        assertEquals(1000, half.camera(new ImageSize(640, 480)).fx());
        assertEquals(319.5, half.camera(new ImageSize(640, 480)).cx());
        assertEquals(239.5, half.camera(new ImageSize(640, 480)).cy());
        assertEquals(159.5, half.camera(new ImageSize(320, 240)).cx());
    }

    @Test
    void aPairWithAHomographyIsRefused() {
        SetImage image = SetImage.upright(Path.of("a"), "a");
        EvaluationPair flat = new EvaluationPair("a", "", image, image, new PairTruth.Homography(new double[9]));
        Prediction none = Predictions.inOrder(new float[0], new float[0]);
        assertThrows(IllegalArgumentException.class, () -> protocol.score(flat, none));
    }

    @Test
    void rootSiftFindsPosesOfPhotos(@TempDir Path out) throws IOException {
        EvaluationSet fountain = PoseSets.readAll(SharedFiles.data("eval/pose/strecha-fountain")).get(0);
        EvaluationSet few = new EvaluationSet("fountain", fountain.folder(), fountain.pairs().subList(0, 3));
        ImageFeatureProvider rootSift = new ImageFeatureProvider(() -> ImageFeatures.by(new DetectThenDescribe(
                new SiftDetector(), new RootSift(), 600)), true);
        FeatureResult result = new Evaluation(protocol, out).run(List.of(few), List.of(new Candidate("rootsift",
                rootSift, new RatioTestMatcher(0.8), Map.of())), Map.of(), EvaluationListener.silent()).sets().get(0)
                .features().get(0);
        for (PairResult pair : result.pairs()) {
            assertTrue(pair.score("poseError") < 5 && pair.score("poseErrorRansac") < 10, pair.toString());
        }
        assertTrue(result.all().at("auc", 5).value() > 0.5, result.all().toString());
        assertEquals(1, result.all().at("capsRotation", 10).value());
        double precision = result.all().of("precision").value();
        assertTrue(precision > 0.7 && precision < 1, "precision " + precision);
        assertTrue(result.all().of("inliers").value() > 30, result.all().toString());
    }

    private static EvaluationPair pair(double[] translation) {
        Intrinsics k = new Intrinsics(50, 50, 20, 15);
        SetImage image = SetImage.upright(Path.of("a.png"), "a.png");
        return new EvaluationPair("a", "", image, image, new PairTruth.RelativePose(k, k,
                new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, translation)));
    }
}
