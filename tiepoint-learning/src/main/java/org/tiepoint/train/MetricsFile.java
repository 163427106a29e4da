package org.tiepoint.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.objective.ValidationReport;

/** Metrics as JSON lines: one object a line, with {@code kind} "step" or "validation" and {@code step}. */
final class MetricsFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final BufferedWriter writer;

    /** Goes on after the lines up to a step; later ones, left by a killed run, are dropped. */
    MetricsFile(Path file, long lastStep) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            List<String> kept = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (stepOf(line) <= lastStep) {
                    kept.add(line + "\n");
                }
            }
            AtomicFile.write(file, out -> out.write(String.join("", kept).getBytes(StandardCharsets.UTF_8)));
        }
        writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void write(StepReport report) throws IOException {
        ObjectNode line = JSON.createObjectNode().put("kind", "step").put("step", report.step())
                .put("loss", report.loss());
        report.terms().forEach(line::put);
        line.put("learningRate", report.learningRate()).put("seconds", report.seconds()).put("pairs", report.samples());
        write(line);
    }

    void write(ValidationReport report) throws IOException {
        ObjectNode line = JSON.createObjectNode().put("kind", "validation").put("step", report.step())
                .put("pairs", report.samples()).put("loss", report.loss());
        report.metrics().forEach(line::put);
        write(line);
    }

    private void write(ObjectNode line) throws IOException {
        String text = JSON.writeValueAsString(line) + "\n";
        try {
            writer.write(text);
            writer.flush();
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /** The step of a line; a torn line, as a kill leaves it, counts as later than any. */
    private static long stepOf(String line) {
        try {
            return JSON.readTree(line).path("step").asLong(Long.MAX_VALUE);
        } catch (JsonProcessingException e) {
            return Long.MAX_VALUE;
        }
    }
}
