package org.tiepoint.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.graph.Dimension;
import org.tiepoint.graph.Graph;
import org.tiepoint.graph.Value;
import org.tiepoint.onnx.ModelCard;
import picocli.CommandLine;

class LayersCommandTest {
    @TempDir
    private Path folder;

    @Test
    void eachLayerWithItsArithmetic() throws IOException {
        StringWriter out = new StringWriter();
        CommandLine line = Benchmarks.commandLine().setOut(new PrintWriter(out));
        assertEquals(0, line.execute("layers", model().toString(), "--runs", "1"));
        // four channels, or as many as ONNX Runtime's blocks have
        assertTrue(out.toString().lines().anyMatch(text -> text.matches(".*\\| Conv \\| 1x\\d+x480x640 \\| 1x1 of 3 \\|.*")),
                out.toString());
        assertTrue(out.toString().contains("whole extraction at the scales [1.0]: "), out.toString());
    }

    /** A convolution, whose first channel is the score. */
    private Path model() throws IOException {
        Graph graph = new Graph("test");
        Dimension height = Dimension.named("height");
        Dimension width = Dimension.named("width");
        Value image = graph.input("image", Dimension.of(1), Dimension.of(3), height, width);
        float[] weights = new float[12];
        weights[0] = 1;
        Value map = image.convolve(graph.constant("weight", weights, 4, 3, 1, 1), graph.constant("bias", new float[4], 4),
                1, 1, 0, 1);
        graph.output("descriptors", map, Dimension.of(1), Dimension.of(4), height, width);
        graph.output(ModelCard.SCORES, map.max(1), Dimension.of(1), Dimension.of(1), height, width);
        ModelCard card = new ModelCard(ModelCard.FORMAT, "test", "test", new ModelCard.Input("image",
                ModelCard.Input.RGB, ModelCard.Input.INSIDE, 1, 1, ModelCard.Padding.BORDER),
                new ModelCard.Descriptors(List.of(new ModelCard.MapOutput("descriptors", 4, 1)),
                        ModelCard.Sampling.EDGES_ALIGNED),
                true, 1600, List.of(1.0), "mutual", new ModelCard.Training("", "", 0, ""), "");
        Path file = folder.resolve("model.onnx");
        try (OutputStream stream = Files.newOutputStream(file)) {
            graph.write(stream, "", Map.of(ModelCard.METADATA_KEY, card.toJson()));
        }
        return file;
    }
}
