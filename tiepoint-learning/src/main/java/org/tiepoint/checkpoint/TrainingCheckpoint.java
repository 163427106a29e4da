package org.tiepoint.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a training run needs to go on: one .safetensors file with the tensors and, in its metadata under
 * {@value #METADATA_KEY}, a JSON text with the rest. Other tools read the tensors without knowing this class.
 *
 * @param step      training steps done, at least 0
 * @param seed      seed of the run
 * @param recipe    text of the recipe
 * @param metrics   last values by name; may be NaN or infinite
 * @param state     whatever else the trainer keeps: scheduler, random state, position in the data
 * @param model     parameters and buffers by name, in the file under {@code model.NAME}
 * @param optimizer moments and counters by name, in the file under {@code optimizer.NAME}
 */
public record TrainingCheckpoint(long step, long seed, String recipe, Map<String, Double> metrics,
        Map<String, String> state, Map<String, StoredTensor> model, Map<String, StoredTensor> optimizer) {
    private static final String METADATA_KEY = "tiepoint";
    private static final int FORMAT = 1;
    private static final String MODEL = "model.";
    private static final String OPTIMIZER = "optimizer.";
    private static final ObjectMapper JSON = new ObjectMapper();

    public TrainingCheckpoint {
        if (step < 0) {
            throw new IllegalArgumentException("step " + step + " must be at least 0");
        }
        metrics = copy(metrics);
        state = copy(state);
        model = copy(model);
        optimizer = copy(optimizer);
    }

    /**
     * Reads a file.
     *
     * @throws CheckpointException also for a .safetensors file that has weights alone
     */
    public static TrainingCheckpoint read(Path file) throws CheckpointException {
        SafeTensors contents = SafeTensors.read(file);
        String text = contents.metadata().get(METADATA_KEY);
        if (text == null) {
            throw new CheckpointException(file, "__metadata__", "has no entry '" + METADATA_KEY + "': these are "
                    + "weights without the state of a training; start a new training from them instead of resuming");
        }
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CheckpointException(file, METADATA_KEY, "bad JSON: " + e.getOriginalMessage()
                    + "; resume from another checkpoint", e);
        }
        if (field(file, json, "format").asInt() != FORMAT) {
            throw new CheckpointException(file, METADATA_KEY, "format " + json.get("format") + " of Tiepoint "
                    + json.path("version").asText("?") + " is not format " + FORMAT
                    + "; use the version that wrote it");
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        field(file, json, "metrics").properties().forEach(e -> metrics.put(e.getKey(), number(e.getValue())));
        Map<String, String> state = new LinkedHashMap<>();
        field(file, json, "state").properties().forEach(e -> state.put(e.getKey(), e.getValue().asText()));
        return new TrainingCheckpoint(integer(file, json, "step", 0), integer(file, json, "seed", Long.MIN_VALUE),
                field(file, json, "recipe").asText(), metrics, state,
                group(contents, MODEL), group(contents, OPTIMIZER));
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @throws IOException naming the file and the cause; a file that was there before is unchanged
     */
    public void write(Path file) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("version", Optional.ofNullable(TrainingCheckpoint.class.getPackage().getImplementationVersion())
                .orElse("development"));
        json.put("step", step).put("seed", seed).put("recipe", recipe);
        ObjectNode metricsNode = json.putObject("metrics");
        metrics.forEach(metricsNode::put);
        ObjectNode stateNode = json.putObject("state");
        state.forEach(stateNode::put);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        model.forEach((name, tensor) -> tensors.put(MODEL + name, tensor));
        optimizer.forEach((name, tensor) -> tensors.put(OPTIMIZER + name, tensor));
        new SafeTensors(tensors, Map.of(METADATA_KEY, JSON.writeValueAsString(json))).write(file);
    }

    private static JsonNode field(Path file, JsonNode json, String name) throws CheckpointException {
        JsonNode field = json.get(name);
        if (field == null) {
            throw new CheckpointException(file, METADATA_KEY, "has no '" + name + "'; resume from another checkpoint");
        }
        return field;
    }

    private static long integer(Path file, JsonNode json, String name, long minimum) throws CheckpointException {
        JsonNode field = field(file, json, name);
        if (!field.canConvertToExactIntegral() || field.longValue() < minimum) {
            throw new CheckpointException(file, METADATA_KEY, name + " " + field
                    + " is no possible value; resume from another checkpoint");
        }
        return field.longValue();
    }

    /** JSON has no NaN and no infinity: they are written as strings. */
    private static double number(JsonNode node) {
        return switch (node.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> node.asDouble();
        };
    }

    private static Map<String, StoredTensor> group(SafeTensors contents, String prefix) {
        Map<String, StoredTensor> group = new LinkedHashMap<>();
        contents.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                group.put(name.substring(prefix.length()), tensor);
            }
        });
        return group;
    }

    private static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
