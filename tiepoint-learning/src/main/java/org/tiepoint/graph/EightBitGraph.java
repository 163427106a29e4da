package org.tiepoint.graph;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A graph that {@link Graph} wrote whose convolutions, additions and enlargements are to compute with 8 bits: each of
 * their operands goes through a pair of QuantizeLinear and DequantizeLinear, which a runtime joins with the operator
 * between them. Operands are rounded to 256 steps of their range, weights to 64 steps and a sign of each output channel's
 * range: with a bit more, two products would overflow the 16 bits in which processors without VNNI add them up.
 * Convolutions of the image, which are no faster so, and those that give an output of the graph compute with floats.
 */
public final class EightBitGraph {
    /** What a graph of convolutions, additions and enlargements has beside them. */
    private static final Set<String> OPERATORS = Set.of("Sub", "Div", "Conv", "Relu", "Add", "Resize", "DepthToSpace",
            "Pad", "AveragePool", "Sigmoid", "Identity");
    private static final String LEAST = "_least";
    private static final String GREATEST = "_greatest";
    private static final int COLOURS = 3;
    private static final int STEPS = 255;
    private static final int GREATEST_WEIGHT = 64;
    /** Of a bias in the steps of its sums, far from what 32 bits hold. */
    private static final double GREATEST_BIAS = 1 << 30;

    /**
     * How far an operand's values go.
     *
     * @param least    0 or less
     * @param greatest 0 or more
     */
    public record Range(float least, float greatest) {
        /** Both ranges and what lies between them. */
        public Range with(Range other) {
            return new Range(Math.min(least, other.least), Math.max(greatest, other.greatest));
        }

        private float step() {
            return Math.max((greatest - least) / STEPS, Float.MIN_NORMAL);
        }

        private int zero() {
            return Math.round(-least / step());
        }
    }

    private record Node(String operator, List<String> inputs, String output, StoredMessage message) {}

    private final StoredMessage model;
    private final StoredMessage graph;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, GraphFile.Constant> constants;
    private final Set<String> operands = new LinkedHashSet<>();
    /** Where the output of a convolution goes on as its rectified values alone. */
    private final Map<String, String> rectified = new HashMap<>();

    private EightBitGraph(StoredMessage model) throws IOException {
        this.model = model;
        graph = model.message(OnnxFields.MODEL_GRAPH);
        constants = GraphFile.constants(graph);
        for (StoredMessage message : graph.messages(OnnxFields.GRAPH_NODE)) {
            Node node = new Node(message.text(OnnxFields.NODE_OPERATOR), message.texts(OnnxFields.NODE_INPUT),
                    message.text(OnnxFields.NODE_OUTPUT), message);
            if (!OPERATORS.contains(node.operator())) {
                throw new IOException("has the operator " + node.operator());
            }
            if (node.operator().equals("Conv")) {
                // which must have constants to round
                GraphFile.convolution(message, constants);
            }
            if (operands(node).stream().anyMatch(constants::containsKey)) {
                throw new IOException(node.operator() + " takes a constant");
            }
            nodes.add(node);
            operands.addAll(operands(node));
            if (node.operator().equals("Relu")) {
                rectified.put(node.inputs().get(0), node.output());
            }
        }
    }

    /**
     * Takes a file's bytes.
     *
     * @param name what messages call it
     * @throws IOException when they are no such graph
     */
    public static EightBitGraph read(byte[] file, String name) throws IOException {
        try {
            return new EightBitGraph(StoredMessage.read(ByteString.copyFrom(file)));
        } catch (IOException | ClassCastException e) {
            throw new IOException(name + ": is no compact network that 'tiepoint export' wrote (" + e.getMessage()
                    + "): others are not rounded to 8 bits", e);
        }
    }

    private List<String> operands(Node node) {
        return switch (node.operator()) {
            case "Conv" -> ofImage(node) ? List.of() : node.inputs().subList(0, 1);
            case "Resize" -> node.inputs().subList(0, 1);
            case "Add" -> node.inputs();
            default -> List.of();
        };
    }

    private boolean ofImage(Node convolution) {
        return constants.get(convolution.inputs().get(1)).shape()[1] == COLOURS;
    }

    /** The file's texts by name. */
    public Map<String, String> metadata() throws IOException {
        return GraphFile.metadata(model);
    }

    /** The values that will be rounded. */
    public Set<String> operands() {
        return Set.copyOf(operands);
    }

    /** The file with two more outputs an operand, its least and its greatest value: {@link #range} takes them. */
    public byte[] observed() throws IOException {
        ProtoMessage more = new ProtoMessage();
        for (String operand : operands) {
            extreme("ReduceMin", operand, operand + LEAST, more);
            extreme("ReduceMax", operand, operand + GREATEST, more);
        }
        ProtoMessage changed = new ProtoMessage();
        copy(graph, changed, OnnxFields.GRAPH_NODE, OnnxFields.GRAPH_NAME, OnnxFields.GRAPH_INITIALISER,
                OnnxFields.GRAPH_INPUT, OnnxFields.GRAPH_OUTPUT);
        return file(changed.fields(more), metadata());
    }

    private static void extreme(String operator, String operand, String output, ProtoMessage to) {
        to.message(OnnxFields.GRAPH_NODE, Graph.node(operator, List.of(operand), output));
        to.message(OnnxFields.GRAPH_OUTPUT, Graph.info(output, ElementType.FLOAT32, Dimension.of(1), Dimension.of(1),
                Dimension.of(1), Dimension.of(1)));
    }

    /**
     * An operand's range on what {@link #observed()} ran on.
     *
     * @param output gives the value of an output
     */
    public Range range(String operand, ToDoubleFunction<String> output) {
        return new Range((float) Math.min(0, output.applyAsDouble(operand + LEAST)),
                (float) Math.max(0, output.applyAsDouble(operand + GREATEST)));
    }

    /**
     * The file with rounded operands and weights.
     *
     * @param ranges   of all operands
     * @param metadata texts by name
     */
    public byte[] rounded(Map<String, Range> ranges, Map<String, String> metadata) throws IOException {
        return file(new Rounding(ranges).graph(), metadata);
    }

    /** Writes nodes and constants one after the other. */
    private final class Rounding {
        private final Map<String, Range> ranges;
        private final ProtoMessage written = new ProtoMessage();
        private final Set<String> done = new HashSet<>();

        Rounding(Map<String, Range> ranges) {
            this.ranges = ranges;
        }

        ProtoMessage graph() throws IOException {
            Set<String> replaced = new HashSet<>();
            for (Node node : nodes) {
                List<String> inputs = new ArrayList<>(node.inputs());
                for (int i = 0; i < operands(node).size(); i++) {
                    inputs.set(i, rounded(inputs.get(i)));
                }
                if (node.operator().equals("Conv") && !ofImage(node) && feedsOperand(node)) {
                    replaced.addAll(node.inputs().subList(1, 3));
                    convolution(node, inputs);
                }
                written.message(OnnxFields.GRAPH_NODE, renamed(node, inputs));
            }
            for (ByteString constant : EightBitGraph.this.graph.bytes(OnnxFields.GRAPH_INITIALISER)) {
                if (!replaced.contains(StoredMessage.read(constant).text(OnnxFields.TENSOR_NAME))) {
                    written.bytes(OnnxFields.GRAPH_INITIALISER, constant.toByteArray());
                }
            }
            copy(EightBitGraph.this.graph, written, OnnxFields.GRAPH_NAME, OnnxFields.GRAPH_INPUT,
                    OnnxFields.GRAPH_OUTPUT);
            return written;
        }

        private boolean feedsOperand(Node convolution) {
            return operands.contains(rectified.getOrDefault(convolution.output(), convolution.output()));
        }

        /** The name of an operand's rounded values, whose nodes are written at the first use. */
        private String rounded(String operand) {
            String result = operand + "_rounded";
            if (done.add(operand)) {
                Range range = ranges.get(operand);
                String step = constant(operand + "_step", ElementType.FLOAT32, floats(range.step()));
                String zero = constant(operand + "_zero", ElementType.UINT8, new byte[] {(byte) range.zero()});
                String steps = operand + "_steps";
                written.message(OnnxFields.GRAPH_NODE, Graph.node("QuantizeLinear", List.of(operand, step, zero), steps));
                written.message(OnnxFields.GRAPH_NODE, Graph.node("DequantizeLinear", List.of(steps, step, zero), result));
            }
            return result;
        }

        /** Weights and biases as integers; a bias counts in the steps of what it is added to. */
        private void convolution(Node node, List<String> inputs) {
            String weightName = node.inputs().get(1);
            String biasName = node.inputs().get(2);
            GraphFile.Constant weight = constants.get(weightName);
            float[] bias = constants.get(biasName).values();
            float ofOperand = ranges.get(node.inputs().get(0)).step();
            int perChannel = weight.values().length / bias.length;
            byte[] weights = new byte[weight.values().length];
            float[] steps = new float[bias.length];
            float[] biasSteps = new float[bias.length];
            ByteBuffer biases = Graph.buffer(bias.length, ElementType.INT32);
            for (int channel = 0; channel < bias.length; channel++) {
                float greatest = 0;
                for (int i = 0; i < perChannel; i++) {
                    greatest = Math.max(greatest, Math.abs(weight.values()[channel * perChannel + i]));
                }
                steps[channel] = (float) Math.max(Math.max(greatest / GREATEST_WEIGHT,
                        Math.abs(bias[channel]) / (ofOperand * GREATEST_BIAS)), Float.MIN_NORMAL);
                biasSteps[channel] = steps[channel] * ofOperand;
                for (int i = 0; i < perChannel; i++) {
                    weights[channel * perChannel + i] = (byte) Math.round(weight.values()[channel * perChannel + i]
                            / steps[channel]);
                }
                biases.putInt(Math.round(bias[channel] / biasSteps[channel]));
            }
            inputs.set(1, channels(weightName, ElementType.INT8, weights, weight.shape(), steps));
            inputs.set(2, channels(biasName, ElementType.INT32, biases.array(), new long[] {bias.length}, biasSteps));
        }

        /** The name of a constant's values, whose first axis has a step each. */
        private String channels(String name, ElementType type, byte[] values, long[] shape, float[] steps) {
            String result = name + "_rounded";
            String integers = constant(name + "_steps", type, values, shape);
            String step = constant(name + "_step", ElementType.FLOAT32, floats(steps), steps.length);
            String zero = constant(name + "_zero", type, new byte[steps.length * type.bytes()], steps.length);
            written.message(OnnxFields.GRAPH_NODE, Graph.node("DequantizeLinear", List.of(integers, step, zero), result,
                    Attribute.of("axis", 0)));
            return result;
        }

        private String constant(String name, ElementType type, byte[] data, long... shape) {
            written.message(OnnxFields.GRAPH_INITIALISER, Graph.tensor(name, type, data, shape));
            return name;
        }
    }

    private static byte[] floats(float... values) {
        ByteBuffer buffer = Graph.buffer(values.length, ElementType.FLOAT32);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    private static ProtoMessage renamed(Node node, List<String> inputs) {
        ProtoMessage renamed = Graph.node(node.operator(), inputs, node.output());
        copy(node.message(), renamed, OnnxFields.NODE_ATTRIBUTE);
        return renamed;
    }

    private static void copy(StoredMessage from, ProtoMessage to, int... fields) {
        for (int field : fields) {
            from.bytes(field).forEach(value -> to.bytes(field, value.toByteArray()));
        }
    }

    private byte[] file(ProtoMessage changed, Map<String, String> metadata) throws IOException {
        ProtoMessage file = new ProtoMessage().integer(OnnxFields.MODEL_IR_VERSION,
                model.integer(OnnxFields.MODEL_IR_VERSION));
        copy(model, file, OnnxFields.MODEL_PRODUCER_NAME, OnnxFields.MODEL_PRODUCER_VERSION);
        file.message(OnnxFields.MODEL_GRAPH, changed);
        copy(model, file, OnnxFields.MODEL_OPSET_IMPORT);
        Graph.metadata(file, metadata);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        file.writeTo(bytes);
        return bytes.toByteArray();
    }
}
