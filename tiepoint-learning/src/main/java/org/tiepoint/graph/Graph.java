package org.tiepoint.graph;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A computation under construction: inputs, constants, nodes of ONNX's standard operators (opset {@value #OPSET}) and
 * outputs. A node can only take values that are there, so nodes stand in topological order. Written as one file in
 * ONNX's format (IR version {@value #IR_VERSION}, onnx.proto3) with the constants inside.
 *
 * <p>A side of an input or output with a name is chosen at each run. Not for use by several threads at once.
 */
public final class Graph {
    /** Version of the operators: the last in which ReduceMean and ReduceMax have their axes as attributes. */
    public static final int OPSET = 17;
    /** Version of the file's format that goes with the operators. */
    public static final int IR_VERSION = 8;
    private static final String PRODUCER = "Tiepoint";

    private final String name;
    private final ProtoMessage nodes = new ProtoMessage();
    private final ProtoMessage constants = new ProtoMessage();
    private final ProtoMessage inputs = new ProtoMessage();
    private final ProtoMessage outputs = new ProtoMessage();
    private final Set<String> names = new HashSet<>();
    private int count;

    /** An empty graph. */
    public Graph(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a graph needs a name");
        }
        this.name = name;
    }

    /** Adds an input of float32. */
    public Value input(String input, Dimension... shape) {
        inputs.message(OnnxFields.GRAPH_INPUT, info(claim(input), ElementType.FLOAT32, shape));
        return new Value(this, input, ElementType.FLOAT32);
    }

    /** Makes a value an output of that name. */
    public void output(String output, Value value, Dimension... shape) {
        outputs.message(OnnxFields.GRAPH_OUTPUT, info(claim(output), value.type(), shape));
        add("Identity", output, List.of(value));
    }

    /** Adds a constant of float32; a shape without sides is one number. */
    public Value constant(String hint, float[] values, long... shape) {
        ByteBuffer buffer = buffer(values.length, ElementType.FLOAT32);
        buffer.asFloatBuffer().put(values);
        return constant(hint, ElementType.FLOAT32, buffer.array(), shape);
    }

    /** Adds one number. */
    public Value constant(double value) {
        return constant("number", new float[] {(float) value});
    }

    /** Adds a list of int64. */
    public Value integers(long... values) {
        ByteBuffer buffer = buffer(values.length, ElementType.INT64);
        buffer.asLongBuffer().put(values);
        return constant("integers", ElementType.INT64, buffer.array(), values.length);
    }

    /**
     * Adds a node of one output.
     *
     * @param operator   a standard operator
     * @param type       of the output
     * @param arguments  values of this graph; {@link #absent()} for an optional one that is left out
     * @param attributes by the operator's definition
     */
    public Value node(String operator, ElementType type, List<Value> arguments, Attribute... attributes) {
        String output = fresh(operator.toLowerCase(Locale.ROOT));
        add(operator, output, arguments, attributes);
        return new Value(this, output, type);
    }

    /** What stands for an optional argument that is left out. */
    Value absent() {
        return new Value(this, "", ElementType.FLOAT32);
    }

    /**
     * Writes the file's bytes.
     *
     * @param version  of the program that writes it
     * @param metadata texts by name, in this order
     */
    public void write(OutputStream out, String version, Map<String, String> metadata) throws IOException {
        if (outputs.size() == 0) {
            throw new IllegalStateException("the graph " + name + " has no output");
        }
        ProtoMessage graph = new ProtoMessage().fields(nodes).text(OnnxFields.GRAPH_NAME, name).fields(constants)
                .fields(inputs).fields(outputs);
        ProtoMessage model = new ProtoMessage().integer(OnnxFields.MODEL_IR_VERSION, IR_VERSION)
                .text(OnnxFields.MODEL_PRODUCER_NAME, PRODUCER).text(OnnxFields.MODEL_PRODUCER_VERSION, version)
                .message(OnnxFields.MODEL_GRAPH, graph)
                .message(OnnxFields.MODEL_OPSET_IMPORT, new ProtoMessage().text(OnnxFields.OPSET_DOMAIN, "")
                        .integer(OnnxFields.OPSET_VERSION, OPSET));
        metadata(model, metadata);
        model.writeTo(out);
    }

    /** Adds texts to a model. */
    static void metadata(ProtoMessage model, Map<String, String> texts) {
        texts.forEach((key, value) -> model.message(OnnxFields.MODEL_METADATA, new ProtoMessage()
                .text(OnnxFields.ENTRY_KEY, key).text(OnnxFields.ENTRY_VALUE, value)));
    }

    private void add(String operator, String output, List<Value> arguments, Attribute... attributes) {
        for (Value argument : arguments) {
            if (argument.graph() != this) {
                throw new IllegalArgumentException("the value " + argument.name() + " belongs to another graph");
            }
        }
        nodes.message(OnnxFields.GRAPH_NODE, node(operator, arguments.stream().map(Value::name).toList(), output,
                attributes));
    }

    /** A node, called as its output. */
    static ProtoMessage node(String operator, List<String> inputs, String output, Attribute... attributes) {
        ProtoMessage node = new ProtoMessage();
        inputs.forEach(input -> node.text(OnnxFields.NODE_INPUT, input));
        node.text(OnnxFields.NODE_OUTPUT, output).text(OnnxFields.NODE_NAME, output)
                .text(OnnxFields.NODE_OPERATOR, operator);
        for (Attribute attribute : attributes) {
            node.message(OnnxFields.NODE_ATTRIBUTE, attribute.message());
        }
        return node;
    }

    private Value constant(String hint, ElementType type, byte[] data, long... shape) {
        String constant = fresh(hint);
        constants.message(OnnxFields.GRAPH_INITIALISER, tensor(constant, type, data, shape));
        return new Value(this, constant, type);
    }

    /** A constant; a shape without sides is one number. */
    static ProtoMessage tensor(String name, ElementType type, byte[] data, long... shape) {
        long elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (elements * type.bytes() != data.length) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has " + elements
                    + " elements, got " + data.length / type.bytes());
        }
        ProtoMessage tensor = new ProtoMessage();
        for (long side : shape) {
            tensor.integer(OnnxFields.TENSOR_DIMENSIONS, side);
        }
        return tensor.integer(OnnxFields.TENSOR_TYPE, type.code()).text(OnnxFields.TENSOR_NAME, name)
                .bytes(OnnxFields.TENSOR_RAW_DATA, data);
    }

    /** What an input or an output is. */
    static ProtoMessage info(String name, ElementType type, Dimension... shape) {
        ProtoMessage sides = new ProtoMessage();
        for (Dimension side : shape) {
            sides.message(OnnxFields.SHAPE_DIMENSION, side.message());
        }
        ProtoMessage tensor = new ProtoMessage().integer(OnnxFields.TENSOR_ELEMENT_TYPE, type.code())
                .message(OnnxFields.TENSOR_SHAPE, sides);
        return new ProtoMessage().text(OnnxFields.VALUE_NAME, name).message(OnnxFields.VALUE_TYPE,
                new ProtoMessage().message(OnnxFields.TYPE_TENSOR, tensor));
    }

    /** A name that nothing has: the hint and a number. */
    private String fresh(String hint) {
        String candidate;
        do {
            count++;
            candidate = hint + "_" + count;
        } while (names.contains(candidate));
        return claim(candidate);
    }

    private String claim(String wanted) {
        if (wanted.isEmpty() || !names.add(wanted)) {
            throw new IllegalArgumentException("the name '" + wanted + "' is empty or taken");
        }
        return wanted;
    }

    /** For the elements of a constant. */
    static ByteBuffer buffer(int elements, ElementType type) {
        return ByteBuffer.allocate(Math.multiplyExact(elements, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }
}
