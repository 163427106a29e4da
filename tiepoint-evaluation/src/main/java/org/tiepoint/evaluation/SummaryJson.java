package org.tiepoint.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * An evaluation as {@code summary.json}. The keys are documented in docs/evaluation.md and stay as they are:
 * {@code sets[].features[].mma["3"]} and the like are numbers, {@code sets[].features[].interval.mma["3"]} is the 95 %
 * interval [low, high] of the same number, {@code sets[].features[].subsets.illumination} has both for a part of the
 * set.
 */
final class SummaryJson {
    private final ObjectMapper mapper = new ObjectMapper();

    byte[] bytes(EvaluationResult result) {
        ObjectNode root = mapper.createObjectNode().put("format", "tiepoint-evaluation-1")
                .put("protocol", result.protocol());
        root.set("settings", mapper.valueToTree(result.settings()));
        root.set("machine", mapper.valueToTree(result.machine()));
        root.set("versions", mapper.valueToTree(result.versions()));
        ArrayNode sets = root.putArray("sets");
        for (SetResult set : result.sets()) {
            ArrayNode features = sets.addObject().put("name", set.set().name())
                    .put("folder", set.set().folder().toString()).put("pairs", set.set().pairs().size())
                    .putArray("features");
            for (FeatureResult feature : set.features()) {
                ObjectNode node = features.addObject().put("name", feature.name());
                node.set("settings", mapper.valueToTree(feature.settings()));
                put(node, feature.all());
                ObjectNode subsets = node.putObject("subsets");
                feature.subsets().forEach((name, measures) -> put(subsets.putObject(name), measures));
            }
        }
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }

    private static void put(ObjectNode node, Measures measures) {
        node.put("pairs", measures.pairs());
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
