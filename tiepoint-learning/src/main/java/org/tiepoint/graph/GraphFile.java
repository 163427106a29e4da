package org.tiepoint.graph;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is read back of a file that {@link Graph} wrote: its texts, and the constants of its convolutions.
 *
 * @param metadata     texts by name
 * @param convolutions in the order of the computation
 */
public record GraphFile(Map<String, String> metadata, List<Convolution> convolutions) {
    /**
     * A convolution's constants.
     *
     * @param shape  of the weights: out, in, kernel, kernel
     * @param weight row-major
     * @param bias   out numbers
     */
    public record Convolution(long[] shape, float[] weight, float[] bias) {}

    record Constant(long[] shape, float[] values) {}

    /**
     * Reads a file's bytes.
     *
     * @param name what messages call it
     * @throws IOException when they are no such file
     */
    public static GraphFile read(byte[] file, String name) throws IOException {
        try {
            StoredMessage model = StoredMessage.read(ByteString.copyFrom(file));
            StoredMessage graph = model.message(OnnxFields.MODEL_GRAPH);
            return new GraphFile(metadata(model), convolutions(graph, constants(graph)));
        } catch (IOException | ClassCastException e) {
            throw new IOException(name + ": is no graph that 'tiepoint export' wrote (" + e.getMessage() + ")", e);
        }
    }

    static Map<String, String> metadata(StoredMessage model) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (StoredMessage entry : model.messages(OnnxFields.MODEL_METADATA)) {
            metadata.put(entry.text(OnnxFields.ENTRY_KEY), entry.text(OnnxFields.ENTRY_VALUE));
        }
        return metadata;
    }

    /** Those of float32, by name. */
    static Map<String, Constant> constants(StoredMessage graph) throws IOException {
        Map<String, Constant> constants = new HashMap<>();
        for (StoredMessage tensor : graph.messages(OnnxFields.GRAPH_INITIALISER)) {
            if (tensor.integer(OnnxFields.TENSOR_TYPE) == ElementType.FLOAT32.code()) {
                long[] shape = tensor.integers(OnnxFields.TENSOR_DIMENSIONS).stream().mapToLong(side -> side).toArray();
                float[] values = tensor.floats();
                if (Arrays.stream(shape).reduce(1, (a, b) -> a * b) != values.length) {
                    throw new IOException("a constant of " + Arrays.toString(shape) + " has " + values.length
                            + " numbers");
                }
                constants.put(tensor.text(OnnxFields.TENSOR_NAME), new Constant(shape, values));
            }
        }
        return constants;
    }

    private static List<Convolution> convolutions(StoredMessage graph, Map<String, Constant> constants)
            throws IOException {
        List<Convolution> convolutions = new ArrayList<>();
        for (StoredMessage node : graph.messages(OnnxFields.GRAPH_NODE)) {
            switch (node.text(OnnxFields.NODE_OPERATOR)) {
                case "Conv" -> convolutions.add(convolution(node, constants));
                case "QuantizeLinear" -> throw new IOException("its weights are rounded to 8 bits: name the model that"
                        + " 'tiepoint quantise' took");
                default -> { }
            }
        }
        return convolutions;
    }

    /** The constants of a node. */
    static Convolution convolution(StoredMessage node, Map<String, Constant> constants) throws IOException {
        List<Constant> taken = node.texts(OnnxFields.NODE_INPUT).stream().skip(1).map(constants::get).toList();
        if (taken.size() != 2 || taken.contains(null) || taken.get(0).shape().length != 4
                || taken.get(0).shape()[0] != taken.get(1).values().length) {
            throw new IOException("a convolution has no constant weights and bias");
        }
        return new Convolution(taken.get(0).shape(), taken.get(0).values(), taken.get(1).values());
    }
}
