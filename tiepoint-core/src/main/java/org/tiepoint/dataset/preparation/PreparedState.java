package org.tiepoint.dataset.preparation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.dataset.DropReason;
import org.tiepoint.file.AtomicFile;

/**
 * What {@code prepare.json} in a prepared scene's folder remembers, so that a run that was broken off goes on.
 *
 * @param photosKey stands for everything that the photos follow from
 * @param pairsKey  stands for everything that the pairs follow from
 * @param report    there once the scene is complete
 */
record PreparedState(String photosKey, String pairsKey, Optional<SceneReport> report) {
    private static final String FILE = "prepare.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The folder's state; empty where there is none that can be read. */
    static Optional<PreparedState> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode root = MAPPER.readTree(file.toFile());
            JsonNode report = root.path("report");
            return Optional.of(new PreparedState(root.path("photosKey").asText(), root.path("pairsKey").asText(),
                    report.isObject() ? Optional.of(report(report)) : Optional.empty()));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void write(Path folder) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("photosKey", photosKey);
        root.put("pairsKey", pairsKey);
        report.ifPresent(done -> fill(root.putObject("report"), done));
        byte[] bytes = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        AtomicFile.write(folder.resolve(FILE), out -> out.write(bytes));
    }

    private static void fill(ObjectNode node, SceneReport report) {
        node.put("scene", report.scene());
        node.put("photos", report.photos());
        node.put("photosLeftOut", report.photosLeftOut());
        node.put("pairsKept", report.pairsKept());
        node.put("pairsConsidered", report.pairsConsidered());
        ObjectNode dropped = node.putObject("dropped");
        report.dropped().forEach((reason, count) -> dropped.put(reason.name(), count));
        node.put("verified", report.verified());
        node.put("undecided", report.undecided());
    }

    private static SceneReport report(JsonNode node) {
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        node.path("dropped").properties()
                .forEach(entry -> dropped.put(DropReason.valueOf(entry.getKey()), entry.getValue().asLong()));
        return new SceneReport(node.path("scene").asText(), node.path("photos").asInt(),
                node.path("photosLeftOut").asInt(), node.path("pairsKept").asInt(),
                node.path("pairsConsidered").asLong(), dropped, node.path("verified").asInt(),
                node.path("undecided").asInt());
    }
}
