package org.tiepoint.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.feature.FeatureMap;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.graph.EightBitGraph;
import org.tiepoint.graph.EightBitGraph.Range;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.onnx.ModelCard;
import org.tiepoint.onnx.OnnxNetwork;

/**
 * A compact network that computes with 8 bits ({@link EightBitGraph}): a quarter of the file, and faster where the
 * processor multiplies 8 bits at once (x86 with VNNI, ARM with its dot product). Runs wherever the model that it was
 * made of runs.
 *
 * @param content of the ONNX file, with the card inside
 * @param card    the model's own, which says so
 */
public record EightBitModel(byte[] content, ModelCard card) {
    /** Ends the network's name in the card. */
    private static final String ROUNDED = ", rounded to 8 bits";
    /** Photos are taken with about so many pixels on the longer side. */
    private static final int SIDE = 640;

    /**
     * Rounds a model that {@code tiepoint export} wrote.
     *
     * @param onnx      the file's content
     * @param name      what messages call it
     * @param photos    at least one, of the kind that it is for: the ranges of what it computes are taken from them
     * @param threads   of the network, at least 1
     * @param afterEach called after each photo
     * @throws IOException when it is no compact network, is rounded already, or a photo cannot be read
     */
    public static EightBitModel of(byte[] onnx, String name, List<Path> photos, int threads, Runnable afterEach)
            throws IOException {
        EightBitGraph graph = EightBitGraph.read(onnx, name);
        ModelCard card = ModelCard.of(graph.metadata(), name);
        Map<String, Range> ranges = new HashMap<>();
        try (OnnxNetwork network = OnnxNetwork.load(graph.observed(), Path.of(name), threads)) {
            for (Path photo : photos) {
                observe(network, ImageReader.read(photo), card.input().multiple(), graph, ranges);
                afterEach.run();
            }
        }
        ModelCard rounded = card.withNetwork(card.network() + ROUNDED);
        Map<String, String> metadata = new LinkedHashMap<>(graph.metadata());
        metadata.put(ModelCard.METADATA_KEY, rounded.toJson());
        return new EightBitModel(graph.rounded(ranges, metadata), rounded);
    }

    private static void observe(OnnxNetwork network, Image image, int multiple, EightBitGraph graph,
            Map<String, Range> ranges) {
        double scale = Math.min(1, (double) SIDE / Math.max(image.width(), image.height()));
        Map<String, FeatureMap> outputs = network.apply(image, side(image.width() * scale, multiple),
                side(image.height() * scale, multiple));
        for (String operand : graph.operands()) {
            ranges.merge(operand, graph.range(operand, output -> outputs.get(output).values()[0]), Range::with);
        }
    }

    private static int side(double length, int multiple) {
        return (int) Math.max(1, Math.round(length / multiple)) * multiple;
    }

    /**
     * Writes the ONNX file and the card, each whole or not at all.
     *
     * @param onnx the graph, with the card inside
     * @param json the card alone
     */
    public void write(Path onnx, Path json) throws IOException {
        AtomicFile.write(onnx, out -> out.write(content));
        AtomicFile.write(json, out -> out.write(card.toJson().getBytes(StandardCharsets.UTF_8)));
    }
}
