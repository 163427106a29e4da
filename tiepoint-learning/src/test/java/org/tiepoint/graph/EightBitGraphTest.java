package org.tiepoint.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.graph.EightBitGraph.Range;
import org.tiepoint.testing.OnnxRules;
import org.tiepoint.testing.OnnxSession;
import org.tiepoint.testing.ProtoFields;

/** Small graphs by ONNX Runtime, beside what they compute with floats. */
class EightBitGraphTest {
    private static final int SIDE = 8;
    private static final Dimension[] SHAPE = {Dimension.named("batch"), Dimension.of(4), Dimension.named("height"),
        Dimension.named("width")};
    private static final float[] VALUES = random(1, 4 * SIDE * SIDE, 3);
    private static final Map<String, String> TEXTS = Map.of("licence", "CC0", "more", "text");

    private static float[] random(long seed, int count, double most) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (most * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    private static byte[] file(UnaryOperator<Value> computation) throws IOException {
        Graph graph = new Graph("test");
        graph.output("y", computation.apply(graph.input("x", SHAPE)), SHAPE[0], Dimension.named("channels"), SHAPE[2],
                SHAPE[3]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        graph.write(out, "1.2", Map.of("licence", "CC0"));
        return out.toByteArray();
    }

    private static Value convolved(Value x, int in, int out, int kernel, double bias) {
        float[] weights = random(in + out, out * in * kernel * kernel, 0.4);
        // a channel of no weights must not divide by them
        Arrays.fill(weights, 0, in * kernel * kernel, 0);
        return x.convolve(x.graph().constant("weight", weights, out, in, kernel, kernel),
                x.graph().constant("bias", random(out, out, bias), out), kernel, 1, kernel / 2, 1);
    }

    /** Two branches that meet in a sum, and a convolution that gives the output. */
    private static byte[] network(double bias) throws IOException {
        return file(x -> {
            Value first = convolved(x, 4, 6, 3, bias).relu();
            Value small = convolved(first.averagePool(2, 2), 6, 6, 1, bias).enlarge(2);
            return convolved(convolved(first.add(small), 6, 6, 3, bias).relu(), 6, 2, 1, bias);
        });
    }

    private static Map<String, OnnxSession.Output> run(byte[] file) throws Exception {
        assertEquals(List.of(), OnnxRules.broken(file));
        try (OnnxSession session = new OnnxSession(file)) {
            return session.run(VALUES, 1, 4, SIDE, SIDE);
        }
    }

    private static byte[] rounded(byte[] plain) throws Exception {
        EightBitGraph graph = EightBitGraph.read(plain, "test");
        Map<String, OnnxSession.Output> observed = run(graph.observed());
        Map<String, Range> ranges = new HashMap<>();
        graph.operands().forEach(operand -> ranges.put(operand,
                graph.range(operand, name -> observed.get(name).values()[0])));
        return graph.rounded(ranges, TEXTS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1e4})
    void roundingChangesTheOutputByAFewSteps(double bias) throws Exception {
        byte[] plain = network(bias);
        float[] expected = run(plain).get("y").values();
        float[] actual = run(rounded(plain)).get("y").values();
        double largest = 0;
        double change = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            change = Math.max(change, Math.abs(expected[i] - actual[i]));
        }
        assertTrue(change < 0.03 * largest, change + " of " + largest);
        assertTrue(change > 1e-5 * largest, "nothing was rounded: " + change + " of " + largest);
    }

    @Test
    void observedAreTheLeastAndTheGreatestOperands() throws Exception {
        byte[] plain = file(x -> x.add(x.sub(x)));
        EightBitGraph graph = EightBitGraph.read(plain, "test");
        Map<String, OnnxSession.Output> observed = run(graph.observed());
        float[] sorted = VALUES.clone();
        Arrays.sort(sorted);
        Range range = graph.range("x", name -> observed.get(name).values()[0]);
        assertEquals(new Range(sorted[0], sorted[sorted.length - 1]), range);
        // with zero, whatever the values
        assertEquals(new Range(0, 2), graph.range("x", name -> name.endsWith("least") ? 1 : 2));
        assertEquals(new Range(-3, 2), new Range(-3, 0).with(new Range(-1, 2)));
        assertArrayEquals(run(plain).get("y").values(), observed.get("y").values());
    }

    @Test
    void weightsAndBiasesAreIntegersAndTextsThoseGiven() throws Exception {
        ProtoFields model = ProtoFields.read(ByteString.copyFrom(rounded(network(0.5))));
        Map<String, String> texts = new HashMap<>();
        model.messages(14).forEach(entry -> texts.put(entry.text(1), entry.text(2)));
        assertEquals(TEXTS, texts);
        Map<Long, Integer> elements = new HashMap<>();
        model.message(7).messages(5).forEach(tensor -> elements.merge(tensor.integer(2),
                tensor.integers(1).stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b), Integer::sum));
        // int8: the weights of three convolutions and six zeros each; int32 likewise
        assertEquals(6 * 4 * 9 + 6 * 6 + 6 * 6 * 9 + 3 * 6, elements.get(3L));
        assertEquals(3 * 6 + 3 * 6, elements.get(6L));
    }

    @Test
    void otherGraphsAreRefused() throws Exception {
        assertRefused(file(Value::elu), "has the operator Elu");
        assertRefused(file(x -> x.add(1)), "Add takes a constant");
        assertRefused(file(x -> x.convolve(x, x.graph().constant(1), 1, 1, 0, 1)), "no constant weights");
        assertRefused(rounded(network(0.5)), "has the operator QuantizeLinear");
        assertRefused("no graph".getBytes(), "");
    }

    private static void assertRefused(byte[] file, String why) {
        String message = assertThrows(IOException.class, () -> EightBitGraph.read(file, "other.onnx")).getMessage();
        assertTrue(message.startsWith("other.onnx: is no compact network") && message.contains(why), message);
    }
}
