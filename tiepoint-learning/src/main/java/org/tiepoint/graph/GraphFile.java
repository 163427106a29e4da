package org.tiepoint.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteOrder;
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

    private record Constant(long[] shape, float[] values) {}

    /**
     * Reads a file's bytes.
     *
     * @param name what messages call it
     * @throws IOException when they are no such file
     */
    public static GraphFile read(byte[] file, String name) throws IOException {
        try {
            Map<Integer, List<Object>> model = fields(ByteString.copyFrom(file));
            Map<String, String> metadata = new LinkedHashMap<>();
            for (Object entry : all(model, OnnxFields.MODEL_METADATA)) {
                Map<Integer, List<Object>> texts = fields((ByteString) entry);
                metadata.put(text(texts, OnnxFields.ENTRY_KEY), text(texts, OnnxFields.ENTRY_VALUE));
            }
            Map<Integer, List<Object>> graph = fields((ByteString) one(model, OnnxFields.MODEL_GRAPH));
            return new GraphFile(metadata, convolutions(graph, constants(graph)));
        } catch (IOException | ClassCastException e) {
            throw new IOException(name + ": is no graph that 'tiepoint export' wrote (" + e.getMessage() + ")", e);
        }
    }

    private static Map<String, Constant> constants(Map<Integer, List<Object>> graph) throws IOException {
        Map<String, Constant> constants = new HashMap<>();
        for (Object message : all(graph, OnnxFields.GRAPH_INITIALISER)) {
            Map<Integer, List<Object>> tensor = fields((ByteString) message);
            if ((Long) one(tensor, OnnxFields.TENSOR_TYPE) == ElementType.FLOAT32.code()) {
                long[] shape = all(tensor, OnnxFields.TENSOR_DIMENSIONS).stream().mapToLong(side -> (Long) side)
                        .toArray();
                ByteString data = (ByteString) one(tensor, OnnxFields.TENSOR_RAW_DATA);
                float[] values = new float[data.size() / Float.BYTES];
                data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
                if (Arrays.stream(shape).reduce(1, (a, b) -> a * b) != values.length) {
                    throw new IOException("a constant of " + Arrays.toString(shape) + " has " + values.length
                            + " numbers");
                }
                constants.put(text(tensor, OnnxFields.TENSOR_NAME), new Constant(shape, values));
            }
        }
        return constants;
    }

    private static List<Convolution> convolutions(Map<Integer, List<Object>> graph, Map<String, Constant> constants)
            throws IOException {
        List<Convolution> convolutions = new ArrayList<>();
        for (Object message : all(graph, OnnxFields.GRAPH_NODE)) {
            Map<Integer, List<Object>> node = fields((ByteString) message);
            if (!text(node, OnnxFields.NODE_OPERATOR).equals("Conv")) {
                continue;
            }
            List<Constant> taken = all(node, OnnxFields.NODE_INPUT).stream().skip(1)
                    .map(input -> constants.get(((ByteString) input).toStringUtf8())).toList();
            if (taken.size() != 2 || taken.contains(null) || taken.get(0).shape().length != 4
                    || taken.get(0).shape()[0] != taken.get(1).values().length) {
                throw new IOException("a convolution has no constant weights and bias");
            }
            convolutions.add(new Convolution(taken.get(0).shape(), taken.get(0).values(), taken.get(1).values()));
        }
        return convolutions;
    }

    /** A message without its schema: numbers, and bytes that may be texts or messages. */
    private static Map<Integer, List<Object>> fields(ByteString message) throws IOException {
        Map<Integer, List<Object>> fields = new HashMap<>();
        CodedInputStream in = message.newCodedInput();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            List<Object> values = fields.computeIfAbsent(WireFormat.getTagFieldNumber(tag), n -> new ArrayList<>());
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_VARINT -> values.add(in.readInt64());
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> values.add(in.readBytes());
                default -> in.skipField(tag);
            }
        }
        return fields;
    }

    private static List<Object> all(Map<Integer, List<Object>> fields, int field) {
        return fields.getOrDefault(field, List.of());
    }

    private static Object one(Map<Integer, List<Object>> fields, int field) throws IOException {
        List<Object> values = all(fields, field);
        if (values.size() != 1) {
            throw new IOException("field " + field + " is there " + values.size() + " times");
        }
        return values.get(0);
    }

    private static String text(Map<Integer, List<Object>> fields, int field) throws IOException {
        return ((ByteString) one(fields, field)).toStringUtf8();
    }
}
