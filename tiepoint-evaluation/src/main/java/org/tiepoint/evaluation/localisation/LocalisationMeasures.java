package org.tiepoint.evaluation.localisation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tiepoint.evaluation.Bootstrap;
import org.tiepoint.evaluation.Estimate;
import org.tiepoint.evaluation.Measures;
import org.tiepoint.evaluation.Statistic;

/**
 * The numbers of a set of queries: {@code medianTranslation} in the scene's units and {@code medianRotation} in degrees
 * (infinite where half of the queries have no pose), {@code within}: the share of queries within a distance and an
 * angle, by "0.05/5" (as 7-Scenes is measured), "0.25/2", "0.5/5" and "5/10" (the Aachen benchmark's); {@code localised}:
 * the share with a pose; mean {@code inliers} and {@code matches} a query. 95 % intervals by bootstrap over queries.
 */
final class LocalisationMeasures {
    /** Distance in the scene's units and angle in degrees. */
    enum Limit {
        SEVEN_SCENES("0.05/5", 0.05, 5),
        FINE("0.25/2", 0.25, 2),
        MEDIUM("0.5/5", 0.5, 5),
        COARSE("5/10", 5, 10);

        private final String key;
        private final double translation;
        private final double degrees;

        Limit(String key, double translation, double degrees) {
            this.key = key;
            this.translation = translation;
            this.degrees = degrees;
        }

        String key() {
            return key;
        }
    }

    private LocalisationMeasures() {}

    static Measures of(List<QueryResult> queries) {
        Bootstrap bootstrap = new Bootstrap(queries.size());
        Map<String, Map<String, Estimate>> values = new LinkedHashMap<>();
        values.put("medianTranslation", Map.of("", bootstrap.estimate(median(queries.stream()
                .mapToDouble(QueryResult::translationError).toArray()))));
        values.put("medianRotation", Map.of("", bootstrap.estimate(median(queries.stream()
                .mapToDouble(QueryResult::rotationDegrees).toArray()))));
        Map<String, Estimate> within = new LinkedHashMap<>();
        for (Limit limit : Limit.values()) {
            within.put(limit.key, bootstrap.estimate(Statistic.mean(queries.stream()
                    .mapToDouble(query -> query.within(limit.translation, limit.degrees) ? 1 : 0).toArray())));
        }
        values.put("within", within);
        values.put("localised", mean(bootstrap, queries.stream()
                .mapToDouble(query -> query.found().pose().isPresent() ? 1 : 0).toArray()));
        values.put("inliers", mean(bootstrap, queries.stream().mapToDouble(query -> query.found().inliers())
                .toArray()));
        values.put("matches", mean(bootstrap, queries.stream().mapToDouble(query -> query.found().matches())
                .toArray()));
        return new Measures(queries.size(), values);
    }

    private static Map<String, Estimate> mean(Bootstrap bootstrap, double[] values) {
        return Map.of("", bootstrap.estimate(Statistic.mean(values)));
    }

    /** The middle value, or the mean of the two in the middle. */
    static Statistic median(double[] values) {
        int[] order = IntStream.range(0, values.length).boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b])).mapToInt(i -> i).toArray();
        return weights -> {
            long total = Arrays.stream(weights).asLongStream().sum();
            return total == 0 ? 0 : (at(values, order, weights, (total - 1) / 2)
                    + at(values, order, weights, total / 2)) / 2;
        };
    }

    /** The value at a place of the sorted values, each as often as its weight. */
    private static double at(double[] values, int[] order, int[] weights, long place) {
        long passed = 0;
        for (int i : order) {
            passed += weights[i];
            if (passed > place) {
                return values[i];
            }
        }
        throw new IllegalArgumentException("place " + place + " is beyond the weights");
    }
}
