package org.tiepoint.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.tiepoint.testing.OnnxRules;
import org.tiepoint.testing.OnnxSession;
import org.tiepoint.testing.ProtoFields;

/** The operations by ONNX Runtime with numbers worked out by hand, and the file by its fields. */
class GraphTest {
    private static final Dimension[] SHAPE = {Dimension.named("batch"), Dimension.of(2), Dimension.named("height"),
        Dimension.named("width")};
    /** 1 x 2 x 2 x 3. */
    private static final float[] VALUES = {1, -2, 3, 4, 5, 6, 0, 2, -1, 3, 8, 0.5f};

    private static byte[] file(UnaryOperator<Value> computation) throws IOException {
        Graph graph = new Graph("test");
        graph.output("y", computation.apply(graph.input("x", SHAPE)), Dimension.named("a"), Dimension.named("b"),
                Dimension.named("c"), Dimension.named("d"));
        return bytes(graph);
    }

    private static byte[] bytes(Graph graph) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        graph.write(out, "1.2", Map.of("licence", "CC0"));
        return out.toByteArray();
    }

    private static float[] run(UnaryOperator<Value> computation) throws IOException, OrtException {
        byte[] file = file(computation);
        assertEquals(List.of(), OnnxRules.broken(file));
        try (OnnxSession session = new OnnxSession(file)) {
            return session.run(VALUES, 1, 2, 2, 3).get("y").values();
        }
    }

    @Test
    void arithmetic() throws Exception {
        assertArrayEquals(new float[] {3, -3, 7, 9, 11, 13, 1, 5, -1, 7, 17, 2}, run(x -> x.mul(2).add(1)), 1e-6f);
        assertArrayEquals(new float[] {1, 4, 9, 16, 25, 36, 0, 4, 1, 9, 64, 0.25f}, run(Value::square), 1e-6f);
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 0, 2, 1, 3, 8, 0.5f}, run(x -> x.square().sqrt()), 1e-6f);
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 0, 2, 1, 3, 8, 0.5f}, run(Value::abs), 1e-6f);
        assertArrayEquals(new float[] {1, -1, 3, 4, 5, 6, 0, 2, -1, 3, 8, 0.5f},
                run(x -> x.lessThan(-1.5).choose(x.sub(x).add(-1), x)), 1e-6f);
        assertArrayEquals(new float[] {1, -0.5f, 3, 4, 5, 6, 0, 2, -0.25f, 3, 8, 0.5f},
                run(x -> x.leakyRelu(0.25f)), 1e-6f);
        assertArrayEquals(new float[] {1, (float) Math.expm1(-2), 3, 4, 5, 6, 0, 2, (float) Math.expm1(-1), 3, 8,
            0.5f}, run(Value::elu), 1e-6f);
        assertEquals(Math.log1p(Math.exp(-2)), run(Value::softplus)[1], 1e-6);
    }

    @Test
    void reductions() throws Exception {
        assertArrayEquals(new float[] {0.5f, 0, 1, 3.5f, 6.5f, 3.25f}, run(x -> x.mean(1)), 1e-6f);
        assertArrayEquals(new float[] {8}, run(x -> x.max(1, 2, 3)), 1e-6f);
        float[] lengths = {1, (float) Math.sqrt(8), (float) Math.sqrt(10), 5, (float) Math.sqrt(89),
            (float) Math.sqrt(36.25)};
        assertArrayEquals(lengths, run(x -> x.norm(1)), 1e-5f);
        float[] normalised = run(x -> x.normalised(1));
        assertEquals(4 / 5.0, normalised[3], 1e-6);
        assertEquals(3 / 5.0, normalised[9], 1e-6);
    }

    /** A channel has the mean and variance of its places, a group those of both channels. */
    @Test
    void normalisations() throws Exception {
        double mean = 17 / 6.0;
        double variance = (1 + 4 + 9 + 16 + 25 + 36) / 6.0 - mean * mean;
        assertEquals((1 - mean) / Math.sqrt(variance + 0.1), run(x -> x.normaliseInstances(2, 0.1))[0], 1e-5);
        double both = 29.5 / 12;
        double spread = (91 + 78.25) / 12 - both * both;
        float[] grouped = run(x -> x.normaliseGroups(1, 0.1));
        assertEquals((1 - both) / Math.sqrt(spread + 0.1), grouped[0], 1e-5);
        assertEquals((8 - both) / Math.sqrt(spread + 0.1), grouped[10], 1e-5);
        assertEquals(12, grouped.length);
    }

    @Test
    void convolutionAndPooling() throws Exception {
        // the first channel's right neighbour less the second channel's place
        float[] weights = new float[18];
        weights[5] = 1;
        weights[9 + 4] = -1;
        float[] moved = run(x -> x.convolve(x.graph().constant("weight", weights, 1, 2, 3, 3),
                x.graph().constant("bias", new float[] {0.5f}, 1), 3, 1, 1, 1));
        assertArrayEquals(new float[] {-1.5f, 1.5f, 1.5f, 2.5f, -1.5f, 0}, moved, 1e-6f);
        assertArrayEquals(new float[] {5, 6, 8, 8}, run(x -> x.maxPool(3, 2, 1)), 1e-6f);
        assertArrayEquals(new float[] {2, 3, 3.25f, 2.375f}, run(x -> x.averagePool(2, 1)), 1e-6f);
    }

    @Test
    void resizes() throws Exception {
        float[] twice = run(Value::twice);
        assertEquals(2 * 4 * 6, twice.length);
        // corners stay; the second place lies 2/5 between the first two
        assertEquals(1, twice[0], 1e-6);
        assertEquals(1 - 0.4 * 3, twice[1], 1e-5);
        assertEquals(6, twice[23], 1e-6);
        float[] half = run(x -> x.resize(x.graph().integers(2, 6)));
        // around centres: the second place lies a quarter between the first two, the first is the border
        assertEquals(1, half[0], 1e-6);
        assertEquals(1 - 0.25 * 3, half[1], 1e-5);
        assertEquals(1 - 0.75 * 3, half[2], 1e-5);
        float[] fourfold = run(x -> x.enlarge(4));
        assertEquals(2 * 8 * 12, fourfold.length);
        assertArrayEquals(run(x -> x.resize(x.graph().integers(8, 12))), fourfold, 1e-6f);
    }

    @Test
    void paddings() throws Exception {
        float[] padded = run(x -> x.padTo(x.graph().integers(3, 6)));
        assertEquals(36, padded.length);
        // one column before, two behind; the row is added below
        assertArrayEquals(new float[] {0, 1, -2, 3, 0, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0},
                Arrays.copyOf(padded, 18), 1e-6f);
        float[] mirrored = run(Value::padReflecting);
        assertArrayEquals(new float[] {5, 4, 5, 6, 5}, Arrays.copyOf(mirrored, 5), 1e-6f);
    }

    @Test
    void theFileSaysWhatItIs() throws Exception {
        byte[] file = file(Value::relu);
        ProtoFields model = ProtoFields.read(ByteString.copyFrom(file));
        assertEquals("Tiepoint", model.text(2));
        assertEquals("1.2", model.text(3));
        ProtoFields input = model.message(7).messages(11).get(0);
        List<ProtoFields> sides = input.message(2).message(1).message(2).messages(1);
        assertEquals("batch", sides.get(0).text(2));
        assertEquals(2, sides.get(1).integer(1));
        try (OnnxSession session = new OnnxSession(file)) {
            assertEquals(Map.of("licence", "CC0"), session.metadata());
        }
    }

    /** The rules find what they are for. */
    @Test
    void brokenFilesAreFound() throws IOException {
        Graph unused = new Graph("test");
        Value x = unused.input("x", SHAPE);
        unused.output("y", x, SHAPE);
        x.relu();
        assertEquals(List.of("never used: [relu_1]"), OnnxRules.broken(bytes(unused)));
        Graph absent = new Graph("test");
        absent.output("y", absent.input("x", SHAPE).add(absent.absent()), SHAPE);
        assertEquals(List.of("add_1 lacks an argument"), OnnxRules.broken(bytes(absent)));
        Graph unknown = new Graph("test");
        Value input = unknown.input("x", SHAPE);
        unknown.output("y", unknown.node("Frobnicate", ElementType.FLOAT32, List.of(input)), SHAPE);
        assertEquals(List.of("frobnicate_1 is of the unknown operator Frobnicate"),
                OnnxRules.broken(bytes(unknown)));
        Graph wrong = new Graph("test");
        Value of = wrong.input("x", SHAPE);
        wrong.output("y", wrong.node("Elu", ElementType.FLOAT32, List.of(of), Attribute.of("alpha", 1)), SHAPE);
        assertEquals(List.of("elu_1 has the attribute alpha of type 2"), OnnxRules.broken(bytes(wrong)));
    }

    @Test
    void misuseIsRefused() {
        Graph graph = new Graph("test");
        Value x = graph.input("x", SHAPE);
        assertThrows(IllegalArgumentException.class, () -> graph.input("x", SHAPE));
        assertThrows(IllegalArgumentException.class, () -> graph.output("", x, SHAPE));
        assertThrows(IllegalArgumentException.class, () -> new Graph("other").input("y", SHAPE).add(x));
        assertThrows(IllegalArgumentException.class, () -> x.add(graph.integers(1)));
        assertEquals("shape [2, 2] has 4 elements, got 3", assertThrows(IllegalArgumentException.class,
                () -> graph.constant("c", new float[3], 2, 2)).getMessage());
        assertThrows(IllegalStateException.class, () -> bytes(graph));
        assertThrows(IllegalArgumentException.class, () -> new Dimension(0, ""));
        assertThrows(IllegalArgumentException.class, () -> new Graph(" "));
        ProtoMessage inner = new ProtoMessage();
        new ProtoMessage().message(1, inner);
        assertThrows(IllegalStateException.class, () -> inner.integer(1, 2));
    }

    /** A message within a message has the length that its fields come to. */
    @Test
    void messagesNest() throws IOException {
        ProtoMessage message = new ProtoMessage().integer(1, 300).message(2, new ProtoMessage().text(3, "ab"))
                .number(4, 1.5f).bytes(5, (byte) 7);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        assertArrayEquals(new byte[] {8, (byte) 0xAC, 2, 18, 4, 26, 2, 'a', 'b', 37, 0, 0, (byte) 0xC0, 63, 42, 1, 7},
                out.toByteArray());
        assertEquals(out.size(), message.size());
        assertTrue(message.size() > 0);
    }
}
