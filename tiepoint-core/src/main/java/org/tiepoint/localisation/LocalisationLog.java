package org.tiepoint.localisation;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.geometry.Pose;

/**
 * What became of each query, a line of JSON each as it is done, so that a run which was broken off goes on from there.
 * The first line holds the settings. A last line that was cut is taken off. Not thread-safe.
 */
public final class LocalisationLog implements Closeable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final Map<String, Localisation> done = new LinkedHashMap<>();
    private final Writer writer;

    private LocalisationLog(Path file, Map<String, String> settings) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            read(settings);
        } else {
            byte[] first = (MAPPER.createObjectNode().set("settings", MAPPER.valueToTree(settings)) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(file, out -> out.write(first));
        }
        this.writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    }

    /**
     * Opens a log, made where there is none.
     *
     * @param settings everything that the results follow from, by name
     * @throws DatasetException when the log was made with other settings, or is none
     */
    public static LocalisationLog open(Path file, Map<String, String> settings) throws IOException {
        return new LocalisationLog(file, settings);
    }

    /** What is done, in the order in which it was done. */
    public Map<String, Localisation> done() {
        return Collections.unmodifiableMap(done);
    }

    /** Writes a result through to the file. */
    public void add(String name, Localisation result) throws IOException {
        ObjectNode node = MAPPER.createObjectNode().put("name", name).put("inliers", result.inliers())
                .put("matches", result.matches());
        ArrayNode references = node.putArray("references");
        result.references().forEach(references::add);
        result.pose().ifPresent(pose -> {
            node.set("rotation", MAPPER.valueToTree(pose.rotation()));
            node.set("translation", MAPPER.valueToTree(pose.translation()));
        });
        writer.write(node + "\n");
        writer.flush();
        done.put(name, result);
    }

    private void read(Map<String, String> settings) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        int whole = text.lastIndexOf('\n') + 1;
        String[] lines = text.substring(0, whole).split("\n");
        for (int i = 0; i < lines.length; i++) {
            JsonNode node = parse(lines[i], i + 1);
            if (i == 0) {
                requireSame(settings, node.path("settings"));
            } else {
                result(node, i + 1);
            }
        }
        if (whole < text.length()) {
            AtomicFile.write(file, out -> out.write(text.substring(0, whole).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private JsonNode parse(String line, int number) throws DatasetException {
        try {
            return MAPPER.readTree(line);
        } catch (JacksonException e) {
            throw damaged(number);
        }
    }

    private void requireSame(Map<String, String> settings, JsonNode there) throws DatasetException {
        if (!there.isObject()) {
            throw damaged(1);
        }
        for (Map.Entry<String, String> entry : settings.entrySet()) {
            String other = there.path(entry.getKey()).asText();
            if (!other.equals(entry.getValue())) {
                throw new DatasetException(file, "", "the results here were made with " + entry.getKey() + " "
                        + (other.isEmpty() ? "unknown" : other) + ", not " + entry.getValue()
                        + ": delete the file to localise anew, or write to another place");
            }
        }
    }

    private void result(JsonNode node, int number) throws DatasetException {
        String name = node.path("name").asText();
        if (name.isEmpty()) {
            throw damaged(number);
        }
        List<String> references = new ArrayList<>();
        node.path("references").forEach(reference -> references.add(reference.asText()));
        try {
            Optional<Pose> pose = node.has("rotation") ? Optional.of(new Pose(numbers(node.path("rotation")),
                    numbers(node.path("translation")))) : Optional.empty();
            done.put(name, new Localisation(pose, node.path("matches").asInt(), node.path("inliers").asInt(),
                    references));
        } catch (IllegalArgumentException e) {
            throw damaged(number);
        }
    }

    private static double[] numbers(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble();
        }
        return values;
    }

    private DatasetException damaged(int line) {
        return new DatasetException(file, "line " + line, "is not a result of this program: delete the file to localise"
                + " anew");
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
