package org.tiepoint.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.tiepoint.file.AtomicFile;

/**
 * The scores of a candidate on a set, in a file beside its predictions, as robust estimates take longer than
 * anything else: a line of JSON a pair. A line counts where the protocol's settings, the pair's truth, and the prediction's
 * size and time are still the same; a last line that was cut by a kill does not. Safe for use by several threads.
 */
final class ScoreCache implements AutoCloseable {
    /** To be counted up where scores are computed differently. */
    private static final int VERSION = 1;

    private final ObjectMapper mapper = new ObjectMapper();
    private final String settings;
    private final Map<String, Map<String, Double>> known = new HashMap<>();
    private final OutputStream out;

    ScoreCache(Path folder, Protocol protocol) throws IOException {
        settings = VERSION + " " + protocol.settings();
        Path file = folder.resolve("scores-" + protocol.name() + ".jsonl");
        StringBuilder kept = new StringBuilder();
        if (Files.exists(file)) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                if (keep(line)) {
                    kept.append(line).append('\n');
                }
            }
            if (kept.length() != text.length()) {
                AtomicFile.write(file, stream -> stream.write(kept.toString().getBytes(StandardCharsets.UTF_8)));
            }
        }
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private boolean keep(String line) {
        try {
            JsonNode node = mapper.readTree(line);
            if (node == null || !node.path("settings").asText().equals(settings)) {
                return false;
            }
            known.put(node.path("key").asText(), mapper.convertValue(node.path("scores"),
                    new TypeReference<LinkedHashMap<String, Double>>() {}));
            return true;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The scores of a pair, where they are known. */
    synchronized Optional<Map<String, Double>> get(EvaluationPair pair, Path prediction) throws IOException {
        return Optional.ofNullable(known.get(key(pair, prediction)));
    }

    synchronized void put(EvaluationPair pair, Path prediction, Map<String, Double> scores) throws IOException {
        ObjectNode node = mapper.createObjectNode().put("key", key(pair, prediction)).put("settings", settings);
        node.set("scores", mapper.valueToTree(scores));
        out.write((node + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String key(EvaluationPair pair, Path prediction) throws IOException {
        CRC32 truth = new CRC32();
        for (double number : pair.truth().numbers()) {
            truth.update(ByteBuffer.allocate(8).putDouble(number).array());
        }
        return pair.name() + " " + Files.size(prediction) + " " + Files.getLastModifiedTime(prediction).toMillis() + " "
                + Long.toHexString(truth.getValue());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
