package org.tiepoint.evaluation.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.tiepoint.evaluation.Bootstrap;
import org.tiepoint.evaluation.Estimate;
import org.tiepoint.evaluation.Measures;
import org.tiepoint.evaluation.Statistic;

/** Means over photos at one level, with their intervals. */
final class SweepMeasures {
    private static final int[] CORRECT_PIXELS = {1, 3, 5};

    private SweepMeasures() {}

    /** @param outcomes one a photo, at least one */
    static Measures of(List<SweepOutcome> outcomes) {
        Bootstrap bootstrap = new Bootstrap(outcomes.size());
        Map<String, Map<String, Estimate>> values = new LinkedHashMap<>();
        Map<String, Estimate> accuracy = new LinkedHashMap<>();
        for (int pixels = 1; pixels <= SweepOutcome.MAX_PIXELS; pixels++) {
            int threshold = pixels;
            accuracy.put(Integer.toString(pixels), mean(bootstrap, outcomes, o -> o.accuracy(threshold)));
        }
        values.put("mma", accuracy);
        Map<String, Estimate> correct = new LinkedHashMap<>();
        for (int pixels : CORRECT_PIXELS) {
            correct.put(Integer.toString(pixels), mean(bootstrap, outcomes, o -> o.within()[pixels - 1]));
        }
        values.put("correct", correct);
        values.put("repeatability", Map.of("", mean(bootstrap, outcomes, SweepOutcome::repeatability)));
        values.put("keypoints", Map.of("", mean(bootstrap, outcomes, o -> (o.firstPoints() + o.secondPoints()) / 2.0)));
        values.put("matches", Map.of("", mean(bootstrap, outcomes, SweepOutcome::matches)));
        return new Measures(outcomes.size(), values);
    }

    private static Estimate mean(Bootstrap bootstrap, List<SweepOutcome> outcomes,
            ToDoubleFunction<SweepOutcome> number) {
        return bootstrap.estimate(Statistic.mean(outcomes.stream().mapToDouble(number).toArray()));
    }
}
