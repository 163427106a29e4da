package org.tiepoint.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
                MeasuresJson.put(node, "pairs", feature.all());
                ObjectNode subsets = node.putObject("subsets");
                feature.subsets().forEach((name, measures) -> MeasuresJson.put(subsets.putObject(name), "pairs",
                        measures));
            }
        }
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }
}
