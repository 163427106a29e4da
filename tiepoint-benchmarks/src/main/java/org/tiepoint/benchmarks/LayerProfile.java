package org.tiepoint.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What the nodes of a graph took, from the profile that ONNX Runtime writes (Chrome's trace format).
 *
 * @param layers in the order in which they ran
 */
record LayerProfile(List<Layer> layers) {
    private static final String SUFFIX = "_kernel_time";

    /**
     * A node, as ONNX Runtime runs it: fused with others, its map perhaps laid out in blocks of channels.
     *
     * @param name     of the node
     * @param operator of it
     * @param output   shape of its first output
     * @param kernel   of a convolution, as 3x3, with the channels it sums over; else empty
     * @param millis   of the fastest run
     * @param gflop    billions of multiplications and additions of a convolution; else 0
     */
    record Layer(String name, String operator, String output, String kernel, double millis, double gflop) {}

    /** Reads a profile of one or more runs. */
    static LayerProfile read(Path file) throws IOException {
        Map<String, Double> millis = new LinkedHashMap<>();
        Map<String, JsonNode> events = new LinkedHashMap<>();
        for (JsonNode event : JsonMapper.builder().build().readTree(file.toFile())) {
            String name = event.path("name").asText();
            if (event.path("cat").asText().equals("Node") && name.endsWith(SUFFIX)) {
                String node = name.substring(0, name.length() - SUFFIX.length());
                events.putIfAbsent(node, event.path("args"));
                millis.merge(node, event.path("dur").asDouble() / 1000, Math::min);
            }
        }
        List<Layer> layers = new ArrayList<>();
        events.forEach((node, about) -> layers.add(layer(node, about, millis.get(node))));
        return new LayerProfile(layers);
    }

    double millis() {
        return layers.stream().mapToDouble(Layer::millis).sum();
    }

    double gflop() {
        return layers.stream().mapToDouble(Layer::gflop).sum();
    }

    private static Layer layer(String name, JsonNode about, double millis) {
        String operator = about.path("op_name").asText();
        long[] output = shape(about.path("output_type_shape").path(0));
        long[] weight = shape(about.path("input_type_shape").path(1));
        boolean convolution = operator.endsWith("Conv") && weight.length == 4 && output.length == 4;
        // output x channels summed over x kernel, each a multiplication and an addition
        double gflop = convolution ? 2e-9 * output[1] * output[2] * output[3] * weight[1] * weight[2] * weight[3] : 0;
        return new Layer(name, operator, text(output), convolution ? weight[2] + "x" + weight[3] + " of " + weight[1]
                : "", millis, gflop);
    }

    /** Of {"float": [1, 16, 240, 320]}. */
    private static long[] shape(JsonNode typed) {
        return typed.isObject() && typed.size() == 1
                ? StreamSupport.stream(typed.iterator().next().spliterator(), false).mapToLong(JsonNode::asLong).toArray()
                : new long[0];
    }

    private static String text(long... shape) {
        StringBuilder text = new StringBuilder();
        for (long side : shape) {
            text.append(text.isEmpty() ? "" : "x").append(side);
        }
        return text.toString();
    }
}
