package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tiepoint.geometry.Pose;

class HomographyProtocolTest {
    private static final double[] SHIFT_BY_5 = {1, 0, 5, 0, 1, 0, 0, 0, 1};
    private static final float[] GRID = {1, 1, 20, 2, 3, 20, 21, 22, 10, 12, 15, 5};

    private final HomographyProtocol protocol = new HomographyProtocol();

    /** Errors of 0, 1, 2.5 and 20 pixels. */
    @Test
    void countsMatchesWithinEachThreshold() {
        Map<String, Double> scores = score(SHIFT_BY_5, Predictions.inOrder(new float[] {1, 1, 2, 2, 3, 3, 4, 4},
                new float[] {6, 1, 7, 3, 8, 5.5f, 29, 4}));
        assertEquals(List.of(0.5, 0.5, 0.75, 0.75), List.of(scores.get("mma1"), scores.get("mma2"),
                scores.get("mma3"), scores.get("mma10")));
        assertEquals(4, scores.get("matches"));
        assertEquals(4, scores.get("keypoints"));
        assertEquals(0.5, scores.get("extractSeconds"));
        assertEquals(0.25, scores.get("matchSeconds"));
    }

    @Test
    void aPairWithoutMatchesCountsZeroAndHasNoHomography() {
        Map<String, Double> scores = score(SHIFT_BY_5, Predictions.inOrder(new float[] {1, 1}, new float[0]));
        assertEquals(0, scores.get("mma10"));
        assertEquals(Double.POSITIVE_INFINITY, scores.get("cornerError"));
        assertEquals(Double.POSITIVE_INFINITY, scores.get("cornerErrorMagsac"));
        assertEquals(0, scores.get("inliers"));
        assertEquals(0, scores.get("repeatability"));
    }

    /** The matches move by (5, 2), the truth by (5, 0): every corner is 2 pixels off. */
    @Test
    void theCornersShowHowFarTheHomographyIsOff() {
        float[] moved = GRID.clone();
        for (int i = 0; i < moved.length; i += 2) {
            moved[i] += 5;
            moved[i + 1] += 2;
        }
        Map<String, Double> scores = score(SHIFT_BY_5, Predictions.inOrder(GRID, moved));
        assertEquals(2, scores.get("cornerError"), 1e-6);
        assertEquals(2, scores.get("cornerErrorMagsac"), 1e-3);
        assertEquals(6, scores.get("inliers"));
        Measures measures = protocol.summarise(List.of(result("v_a", scores)));
        assertEquals(0, measures.at("homographyAccuracy", 1).value());
        assertEquals(1, measures.at("homographyAccuracy", 3).value());
        assertEquals((10 - 1) / 10.0, measures.at("auc", 10).value(), 1e-6);
        assertEquals(0, measures.at("auc", 1).value());
    }

    @Test
    void sequencesAreOfIlluminationOrViewpoint() {
        PairResult light = result("i_dc", Map.of());
        PairResult view = result("v_wall", Map.of());
        assertEquals(List.of("illumination", "viewpoint"), List.copyOf(protocol.subsets().keySet()));
        assertTrue(protocol.subsets().get("illumination").test(light));
        assertTrue(protocol.subsets().get("viewpoint").test(view));
        assertTrue(!protocol.subsets().get("viewpoint").test(light));
    }

    @Test
    void aPairWithAPoseIsRefused() {
        Intrinsics k = new Intrinsics(50, 50, 20, 15);
        SetImage image = SetImage.upright(Path.of("a.png"), "a.png");
        EvaluationPair pair = new EvaluationPair("a", "", image, image, new PairTruth.RelativePose(k, k,
                new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[] {1, 0, 0})));
        Prediction none = Predictions.inOrder(new float[0], new float[0]);
        assertThrows(IllegalArgumentException.class, () -> protocol.score(pair, none));
    }

    private Map<String, Double> score(double[] homography, Prediction prediction) {
        return protocol.score(pair("v_a", homography), prediction);
    }

    private static PairResult result(String group, Map<String, Double> scores) {
        return new PairResult(pair(group, SHIFT_BY_5), Path.of("none"), scores);
    }

    private static EvaluationPair pair(String group, double[] homography) {
        SetImage image = SetImage.upright(Path.of("a.png"), "a.png");
        return new EvaluationPair(group + "/1-2", group, image, image, new PairTruth.Homography(homography));
    }
}
