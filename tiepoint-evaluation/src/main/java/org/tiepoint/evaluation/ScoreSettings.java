package org.tiepoint.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.estimate.RobustEstimator;

/** What both protocols say and count alike. */
final class ScoreSettings {
    private ScoreSettings() {}

    static Map<String, String> of(RobustEstimator.Options estimation) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("threshold", estimation.thresholdPixels() + " px");
        settings.put("confidence", Double.toString(estimation.confidence()));
        settings.put("iterations", Integer.toString(estimation.maxIterations()));
        settings.put("seed", Integer.toString(estimation.seed()));
        return settings;
    }

    static void putCounts(Map<String, Double> scores, Prediction prediction) {
        scores.put("keypoints", (prediction.firstPoints().count() + prediction.secondPoints().count()) / 2.0);
        scores.put("matches", (double) prediction.matches().count());
        scores.put("extractSeconds", prediction.extractSeconds());
        scores.put("matchSeconds", prediction.matchSeconds());
    }
}
