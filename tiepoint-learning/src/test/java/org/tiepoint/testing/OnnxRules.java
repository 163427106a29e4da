package org.tiepoint.testing;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of ONNX's checker for the files that this project writes, read by field numbers of their own: versions,
 * names, types, sizes of constants, topological order, and for each operator its arguments and attributes.
 */
public final class OnnxRules {
    private static final long OPSET = 17;
    private static final Map<Long, Integer> ELEMENT_BYTES = Map.of(1L, 4, 2L, 1, 3L, 1, 6L, 4, 7L, 8, 9L, 1);
    private static final long FLOAT = 1;
    private static final long INTEGER = 2;
    private static final long TEXT = 3;
    private static final long INTEGERS = 7;
    /** In which field of an attribute the value of each type is. */
    private static final Map<Long, Integer> ATTRIBUTE_FIELDS = Map.of(FLOAT, 2, INTEGER, 3, TEXT, 4, INTEGERS, 8);

    /** Least and most arguments, and types of attributes by name. */
    private record Operator(int least, int most, Map<String, Long> attributes) {}

    private static final Operator ELEMENT_WISE = new Operator(1, 1, Map.of());
    private static final Operator BINARY = new Operator(2, 2, Map.of());
    private static final Operator REDUCTION = new Operator(1, 1, Map.of("axes", INTEGERS, "keepdims", INTEGER));
    private static final Operator ROUNDING = new Operator(2, 3, Map.of("axis", INTEGER));
    private static final Operator POOL = new Operator(1, 1, Map.of("kernel_shape", INTEGERS, "strides", INTEGERS, "pads",
            INTEGERS));
    private static final Map<String, Operator> OPERATORS = Map.ofEntries(
            Map.entry("Add", BINARY), Map.entry("Sub", BINARY), Map.entry("Mul", BINARY), Map.entry("Div", BINARY),
            Map.entry("Max", new Operator(1, 9, Map.of())), Map.entry("Less", BINARY),
            Map.entry("Where", new Operator(3, 3, Map.of())), Map.entry("Abs", ELEMENT_WISE),
            Map.entry("Sqrt", ELEMENT_WISE), Map.entry("Relu", ELEMENT_WISE), Map.entry("Softplus", ELEMENT_WISE),
            Map.entry("Identity", ELEMENT_WISE), Map.entry("Elu", new Operator(1, 1, Map.of("alpha", FLOAT))),
            Map.entry("LeakyRelu", new Operator(1, 1, Map.of("alpha", FLOAT))),
            Map.entry("QuantizeLinear", ROUNDING), Map.entry("DequantizeLinear", ROUNDING),
            Map.entry("ReduceMin", REDUCTION), Map.entry("ReduceMean", REDUCTION),
            Map.entry("ReduceMax", REDUCTION), Map.entry("ReduceL2", REDUCTION),
            Map.entry("MaxPool", POOL), Map.entry("AveragePool", POOL),
            Map.entry("Conv", new Operator(2, 3, Map.of("kernel_shape", INTEGERS, "strides", INTEGERS, "pads",
                    INTEGERS, "dilations", INTEGERS))),
            Map.entry("InstanceNormalization", new Operator(3, 3, Map.of("epsilon", FLOAT))),
            Map.entry("Reshape", BINARY), Map.entry("Shape", new Operator(1, 1, Map.of("start", INTEGER, "end",
                    INTEGER))),
            Map.entry("Concat", new Operator(1, 99, Map.of("axis", INTEGER))),
            Map.entry("Resize", new Operator(1, 4, Map.of("mode", TEXT, "coordinate_transformation_mode", TEXT))),
            Map.entry("DepthToSpace", new Operator(1, 1, Map.of("blocksize", INTEGER, "mode", TEXT))),
            Map.entry("Sigmoid", ELEMENT_WISE), Map.entry("Pad", new Operator(2, 3, Map.of("mode", TEXT))));

    private final List<String> broken = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> used = new HashSet<>();

    private OnnxRules() {}

    /** What is wrong with a file; empty for a good one. */
    public static List<String> broken(byte[] file) {
        OnnxRules rules = new OnnxRules();
        rules.model(ProtoFields.read(ByteString.copyFrom(file)));
        return rules.broken;
    }

    private void model(ProtoFields model) {
        require(model.integer(1) == 8, "IR version " + model.integer(1) + " does not go with opset 17");
        List<ProtoFields> opsets = model.messages(8);
        require(opsets.size() == 1 && opsets.get(0).text(1).isEmpty() && opsets.get(0).integer(2) == OPSET,
                "the standard operators of opset 17 are not what is imported");
        Set<String> keys = new HashSet<>();
        for (ProtoFields entry : model.messages(14)) {
            require(keys.add(entry.text(1)) && entry.has(2), "metadata " + entry.text(1) + " is there twice");
        }
        graph(model.message(7));
    }

    private void graph(ProtoFields graph) {
        require(!graph.text(2).isEmpty(), "the graph has no name");
        require(!graph.messages(12).isEmpty(), "the graph has no output");
        graph.messages(11).forEach(input -> {
            type(input);
            define(input.text(1));
        });
        graph.messages(5).forEach(this::constant);
        graph.messages(1).forEach(this::node);
        for (ProtoFields output : graph.messages(12)) {
            type(output);
            require(known.contains(output.text(1)), "nothing computes the output " + output.text(1));
            used.add(output.text(1));
        }
        Set<String> unused = new HashSet<>(known);
        unused.removeAll(used);
        require(unused.isEmpty(), "never used: " + unused);
    }

    private void type(ProtoFields value) {
        ProtoFields tensor = value.message(2).message(1);
        require(ELEMENT_BYTES.containsKey(tensor.integer(1)), value.text(1) + " has no element type");
        for (ProtoFields side : tensor.message(2).messages(1)) {
            require(side.has(1) && side.integer(1) > 0 || side.has(2) && !side.text(2).isEmpty(),
                    value.text(1) + " has a side without size and name");
        }
    }

    private void constant(ProtoFields tensor) {
        String name = tensor.text(8);
        long elements = tensor.integers(1).stream().reduce(1L, (a, b) -> a * b);
        Integer bytes = ELEMENT_BYTES.get(tensor.integer(2));
        require(bytes != null && tensor.bytes(9).size() == elements * bytes, name + " has " + tensor.bytes(9).size()
                + " bytes, " + elements + " elements");
        define(name);
    }

    private void node(ProtoFields node) {
        String name = node.text(3);
        Operator operator = OPERATORS.get(node.text(4));
        require(operator != null, name + " is of the unknown operator " + node.text(4));
        List<String> arguments = node.texts(1);
        for (String argument : arguments) {
            require(argument.isEmpty() || known.contains(argument), name + " takes " + argument
                    + ", which is not there before it");
            used.add(argument);
        }
        if (operator != null) {
            require(arguments.size() >= operator.least() && arguments.size() <= operator.most(),
                    name + " has " + arguments.size() + " arguments");
            require(arguments.stream().limit(operator.least()).noneMatch(String::isEmpty),
                    name + " lacks an argument");
            attributes(name, operator, node.messages(5));
        }
        require(node.texts(2).size() == 1, name + " has " + node.texts(2).size() + " outputs");
        node.texts(2).forEach(this::define);
    }

    private void attributes(String name, Operator operator, List<ProtoFields> attributes) {
        Set<String> seen = new HashSet<>();
        for (ProtoFields attribute : attributes) {
            String word = attribute.text(1);
            long type = attribute.integer(20);
            require(seen.add(word), name + " has the attribute " + word + " twice");
            require(Long.valueOf(type).equals(operator.attributes().get(word)), name + " has the attribute " + word
                    + " of type " + type);
            require(ATTRIBUTE_FIELDS.containsKey(type) && attribute.has(ATTRIBUTE_FIELDS.get(type)),
                    name + " has the attribute " + word + " without a value of its type");
        }
    }

    private void define(String name) {
        require(!name.isEmpty() && known.add(name), "the name '" + name + "' is empty or there twice");
    }

    private void require(boolean met, String otherwise) {
        if (!met) {
            broken.add(otherwise);
        }
    }
}
