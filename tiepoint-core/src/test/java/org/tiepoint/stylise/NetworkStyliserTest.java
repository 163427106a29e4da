package org.tiepoint.stylise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.image.Image;

class NetworkStyliserTest {
    @TempDir
    Path folder;

    private static Image grey(int level) {
        byte[] rgb = new byte[3 * 50 * 70];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (level + (i / 3 % 50 < 25 ? 0 : 40));
        }
        return new Image(50, 70, rgb);
    }

    private Path network(String operation, String... inputs) throws IOException {
        return Files.write(folder.resolve("net.onnx"), onnx(operation, inputs));
    }

    @Test
    void theNetworksChangeIsTakenOver() throws IOException {
        try (NetworkStyliser styliser = NetworkStyliser.load(network("Sqrt", "photo"), List.of())) {
            Image copy = styliser.stylise(grey(40), 1);
            assertEquals(50, copy.width());
            assertEquals(70, copy.height());
            // the square root of 40 / 255 and of 80 / 255
            assertEquals(255 * Math.sqrt(40 / 255.0), copy.rgb()[3 * (35 * 50 + 8)] & 0xff, 6);
            assertEquals(255 * Math.sqrt(80 / 255.0), copy.rgb()[3 * (35 * 50 + 42)] & 0xff, 6);
        }
    }

    @Test
    void theSecondInputGetsAnExemplar() throws IOException {
        Path file = network("Max", "photo", "exemplar");
        try (NetworkStyliser styliser = NetworkStyliser.load(file, List.of(grey(150)))) {
            assertEquals(150, styliser.stylise(grey(40), 1).rgb()[3 * (35 * 50 + 8)] & 0xff, 6);
        }
        assertTrue(assertThrows(IOException.class, () -> NetworkStyliser.load(file, List.of())).getMessage()
                .contains("with --exemplars"));
    }

    @Test
    void otherFilesAreRefusedInOneLine() throws IOException {
        assertThrows(NoSuchFileException.class, () -> NetworkStyliser.load(folder.resolve("none.onnx"), List.of()));
        assertThrows(IOException.class, () -> NetworkStyliser.load(folder, List.of()));
        Path text = Files.writeString(folder.resolve("text.onnx"), "not a network");
        assertTrue(assertThrows(IOException.class, () -> NetworkStyliser.load(text, List.of())).getMessage()
                .startsWith(text + ": ONNX Runtime cannot load it"));
        try (NetworkStyliser styliser = NetworkStyliser.load(network("Shape", "photo"), List.of())) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> styliser.stylise(grey(40), 1)).getMessage()
                    .contains("a float tensor 1 x 3 x 64 x 64 is needed"));
        }
    }

    /** A model of one operation, by ONNX's protocol buffers: ModelProto of one NodeProto. */
    private static byte[] onnx(String operation, String... inputs) throws IOException {
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        for (String input : inputs) {
            text(node, 1, input);
        }
        text(node, 2, "copy");
        text(node, 4, operation);
        bytes(graph, 1, node.toByteArray());
        text(graph, 2, "graph");
        for (String input : inputs) {
            bytes(graph, 11, value(input, 1, 4));
        }
        bytes(graph, 12, operation.equals("Shape") ? value("copy", 7, 1) : value("copy", 1, 4));
        ByteArrayOutputStream opset = new ByteArrayOutputStream();
        number(opset, 2, 13);
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        number(model, 1, 8);
        bytes(model, 7, graph.toByteArray());
        bytes(model, 8, opset.toByteArray());
        return model.toByteArray();
    }

    /** ValueInfoProto of a tensor of so many unnamed axes. */
    private static byte[] value(String name, int elementType, int axes) throws IOException {
        ByteArrayOutputStream shape = new ByteArrayOutputStream();
        for (int i = 0; i < axes; i++) {
            bytes(shape, 1, new byte[0]);
        }
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        number(tensor, 1, elementType);
        bytes(tensor, 2, shape.toByteArray());
        ByteArrayOutputStream type = new ByteArrayOutputStream();
        bytes(type, 1, tensor.toByteArray());
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        text(value, 1, name);
        bytes(value, 2, type.toByteArray());
        return value.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, int field, String text) throws IOException {
        bytes(out, field, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Shorter than 128 bytes, but for the whole graph. */
    private static void bytes(ByteArrayOutputStream out, int field, byte[] content) throws IOException {
        out.write(field << 3 | 2);
        int length = content.length;
        while (length > 127) {
            out.write(length & 127 | 128);
            length >>= 7;
        }
        out.write(length);
        out.write(content);
    }

    private static void number(ByteArrayOutputStream out, int field, int value) {
        out.write(field << 3);
        out.write(value);
    }
}
