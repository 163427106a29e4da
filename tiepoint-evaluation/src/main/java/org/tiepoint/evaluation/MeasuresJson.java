package org.tiepoint.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Measures as JSON, in the form that every protocol's {@code summary.json} shares. */
public final class MeasuresJson {
    private MeasuresJson() {}

    /**
     * Adds measures: numbers by name, or by name and threshold, and their 95 % intervals below "interval".
     *
     * @param counted what is counted: the key of the number of pairs, or of queries
     */
    public static void put(ObjectNode node, String counted, Measures measures) {
        node.put(counted, measures.pairs());
        ObjectNode intervals = node.objectNode();
        measures.values().forEach((name, byKey) -> {
            if (byKey.containsKey("")) {
                Estimate estimate = byKey.get("");
                node.put(name, estimate.value());
                intervals.putArray(name).add(estimate.low()).add(estimate.high());
            } else {
                putKeyed(node.putObject(name), intervals.putObject(name), byKey);
            }
        });
        node.set("interval", intervals);
    }

    private static void putKeyed(ObjectNode values, ObjectNode intervals, Map<String, Estimate> byKey) {
        byKey.forEach((key, estimate) -> {
            values.put(key, estimate.value());
            intervals.putArray(key).add(estimate.low()).add(estimate.high());
        });
    }
}
