package org.tiepoint.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A number that a protocol reports.
 *
 * @param name      key of {@link Measures}
 * @param key       threshold, or empty
 * @param score     name of the pairs' score that it is made of
 * @param statistic from the scores of all pairs
 */
record Measure(String name, String key, String score, Function<double[], Statistic> statistic) {
    /** The mean of a score. */
    static Measure mean(String name, String key, String score) {
        return new Measure(name, key, score, Statistic::mean);
    }

    /** The mean of a score that has the measure's own name. */
    static Measure mean(String name) {
        return mean(name, "", name);
    }

    /** The share of pairs whose error is at most, or below, each threshold. */
    static List<Measure> shares(String name, String score, boolean inclusive, int... thresholds) {
        List<Measure> measures = new ArrayList<>();
        for (int threshold : thresholds) {
            measures.add(new Measure(name, Integer.toString(threshold), score, errors -> {
                double[] within = new double[errors.length];
                for (int i = 0; i < within.length; i++) {
                    within[i] = errors[i] < threshold || inclusive && errors[i] == threshold ? 1 : 0;
                }
                return Statistic.mean(within);
            }));
        }
        return measures;
    }

    /** The area under the recall curve of an error up to each threshold. */
    static List<Measure> aucs(String name, String score, int... thresholds) {
        List<Measure> measures = new ArrayList<>();
        for (int threshold : thresholds) {
            measures.add(new Measure(name, Integer.toString(threshold), score,
                    errors -> ErrorAuc.statistic(errors, threshold)));
        }
        return measures;
    }

    /** All measures of some pairs. */
    static Measures summarise(List<Measure> measures, List<PairResult> pairs) {
        Bootstrap bootstrap = new Bootstrap(pairs.size());
        Map<String, Map<String, Estimate>> values = new LinkedHashMap<>();
        for (Measure measure : measures) {
            double[] scores = pairs.stream().mapToDouble(pair -> pair.score(measure.score)).toArray();
            values.computeIfAbsent(measure.name, name -> new LinkedHashMap<>()).put(measure.key,
                    bootstrap.estimate(measure.statistic.apply(scores)));
        }
        return new Measures(pairs.size(), values);
    }
}
