package org.tiepoint.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyTorchCheckpointTest {
    private static final float[] SIX = {0, 1, 2, 3, 4, 5};

    @TempDir
    Path folder;

    /** As torchvision publishes weights: the state dict itself. */
    @Test
    void readsAPlainStateDictInBothFormats() throws IOException {
        byte[] object = new PickleBytes().global("collections", "OrderedDict").op(")R(")
                .text("fc.weight").tensor("FloatStorage", "0", 6, 0, new int[] {2, 3}, new int[] {3, 1})
                .text("fc.bias").global("torch._utils", "_rebuild_parameter").op("(")
                .tensor("FloatStorage", "0", 6, 4, new int[] {2}, new int[] {1}).op("\u0088")
                .global("collections", "OrderedDict").op(")RtRu}").text("_metadata").op("}sb").bytes();
        Path legacy = file(PickleBytes.legacy(object, new String[] {"0"}, new float[][] {SIX}));
        check(PyTorchCheckpoint.read(legacy));
        check(PyTorchCheckpoint.read(file(zip(object, floats(SIX, false), "little"))));
        check(PyTorchCheckpoint.read(file(zip(object, floats(SIX, true), "big"))));
    }

    private static void check(PyTorchCheckpoint checkpoint) throws CheckpointException {
        Map<String, StoredTensor> tensors = checkpoint.stateDict();
        assertEquals(List.of("fc.weight", "fc.bias"), List.copyOf(tensors.keySet()));
        assertArrayEquals(SIX, tensors.get("fc.weight").toFloats());
        assertArrayEquals(new long[] {2, 3}, tensors.get("fc.weight").shape());
        assertArrayEquals(new float[] {4, 5}, tensors.get("fc.bias").toFloats());
        assertEquals(OptionalLong.empty(), checkpoint.step());
    }

    @Test
    void readsViews() throws IOException {
        byte[] object = new PickleBytes().op("](")
                .tensor("FloatStorage", "a", 6, 0, new int[] {3, 2}, new int[] {1, 3})
                .tensor("FloatStorage", "a", 6, 1, new int[] {2, 2}, new int[] {3, 0})
                .tensor("FloatStorage", "a", 6, 5, new int[0], new int[0])
                .tensor("FloatStorage", "a", 6, 0, new int[] {1, 6}, new int[] {999, 1})
                .tensor("FloatStorage", "a", 6, 0, new int[] {6}, new int[] {1})
                .tensor("FloatStorage", "a", 6, 9, new int[] {2, 0}, new int[] {1, 1})
                .op("e").bytes();
        PyTorchCheckpoint checkpoint = PyTorchCheckpoint.read(file(PickleBytes.legacy(object, new String[] {"a"},
                new float[][] {SIX})));
        assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, tensor(checkpoint, 0).toFloats());
        assertArrayEquals(new float[] {1, 1, 4, 4}, tensor(checkpoint, 1).toFloats());
        assertArrayEquals(new float[] {5}, tensor(checkpoint, 2).toFloats());
        assertArrayEquals(SIX, tensor(checkpoint, 3).toFloats());
        assertSame(tensor(checkpoint, 3).data(), tensor(checkpoint, 4).data());
        assertEquals(0, tensor(checkpoint, 5).count());
    }

    /** The old format stores a slice of a storage with its own key, offset and length. */
    @Test
    void readsViewsOfStorages() throws IOException {
        byte[] object = new PickleBytes().op("(").global("torch._utils", "_rebuild_tensor_v2").op("((").text("storage")
                .global("torch", "FloatStorage").text("a").text("cpu").integer(6).op("(").text("v").integer(2)
                .integer(3).op("ttQ").integer(1).tuple(2).tuple(1).op("\u0089N").op("tRt").bytes();
        PyTorchCheckpoint checkpoint = PyTorchCheckpoint.read(file(PickleBytes.legacy(object, new String[] {"a"},
                new float[][] {SIX})));
        assertArrayEquals(new float[] {3, 4}, tensor(checkpoint, 0).toFloats());
    }

    @Test
    void refusesTensorsThatLeaveTheirStorage() throws IOException {
        int[][] bad = {{6, 1, 6, 1}, {6, 0, 7, 1}, {6, 0, 6, 2}, {6, -1, 2, 1}, {6, 0, -1, 1}, {6, 3, 3, -1},
            {6, 0, Integer.MAX_VALUE, Integer.MAX_VALUE}, {7, 0, 1, 1}, {-1, 0, 1, 1}, {5, 0, 1, 1}};
        for (int[] b : bad) {
            byte[] object = new PickleBytes().op("}").text("w")
                    .tensor("FloatStorage", "a", b[0], b[1], new int[] {b[2]}, new int[] {b[3]}).op("s").bytes();
            String message = refused(PickleBytes.legacy(object, new String[] {"a"}, new float[][] {SIX}));
            assertTrue(message.contains("w: ") || message.contains("storage a"), message);
        }
    }

    @Test
    void boundsWhatAViewUnfoldsTo() throws IOException {
        byte[] object = new PickleBytes().op("}").text("w")
                .tensor("FloatStorage", "a", 6, 0, new int[] {30_000, 10_000}, new int[] {0, 0}).op("s").bytes();
        String message = refused(PickleBytes.legacy(object, new String[] {"a"}, new float[][] {SIX}));
        assertTrue(message.contains(", w: a view of shape [30000, 10000] is too large"), message);
        PickleBytes many = new PickleBytes().op("](");
        for (int i = 0; i < 50; i++) {
            many.tensor("FloatStorage", "a", 6, 0, new int[] {500_000}, new int[] {0});
        }
        message = refused(PickleBytes.legacy(many.op("e").bytes(), new String[] {"a"}, new float[][] {SIX}));
        assertTrue(message.contains("too large"), message);
    }

    @Test
    void refusesForeignClasses() throws IOException {
        byte[] object = new PickleBytes().global("posix", "system").op("(").text("rm -rf /").op("tR").bytes();
        for (byte[] bytes : List.of(PickleBytes.legacy(object, new String[0], new float[0][]),
                zip(object, new byte[0], "little"))) {
            assertTrue(refused(bytes).contains("class posix.system is not allowed"), refused(bytes));
        }
    }

    @Test
    void findsStateDictsAndSteps() throws IOException {
        PickleBytes tensors = new PickleBytes().op("}").text("net.w")
                .tensor("FloatStorage", "a", 6, 0, new int[] {6}, new int[] {1}).op("s");
        for (String key : List.of("state_dict", "model_state_dict", "model", "net")) {
            byte[] object = new PickleBytes().op("}(").text("step").integer(7).text("best").op("N").text(key)
                    .raw(tensors.bytes()).op("u").bytes();
            PyTorchCheckpoint checkpoint = PyTorchCheckpoint.read(file(PickleBytes.legacy(object, new String[] {"a"},
                    new float[][] {SIX})));
            assertEquals(7, checkpoint.step().orElseThrow());
            assertEquals(List.of("net.w"), List.copyOf(checkpoint.stateDict().keySet()));
            assertEquals(Optional.empty(), checkpoint.at("best"));
            assertEquals(Optional.empty(), checkpoint.at("best", 0, "x"));
        }
        byte[] scalar = new PickleBytes().op("}").text("step")
                .tensor("FloatStorage", "a", 6, 4, new int[0], new int[0]).op("s").bytes();
        assertEquals(4, PyTorchCheckpoint.read(file(PickleBytes.legacy(scalar, new String[] {"a"},
                new float[][] {SIX}))).step().orElseThrow());
        PyTorchCheckpoint none = PyTorchCheckpoint.read(file(PickleBytes.legacy(
                new PickleBytes().op("}").text("epoch").op("K\u0001s").bytes(), new String[0], new float[0][])));
        String message = assertThrows(CheckpointException.class, none::stateDict).getMessage();
        assertTrue(message.contains("but the keys [epoch]"), message);
    }

    @Test
    void takesPrefixesOff() {
        StoredTensor t = StoredTensor.ofFloats(new long[0], new float[1]);
        assertEquals(Map.of("a", t, "b", t), PyTorchCheckpoint.withoutPrefix(Map.of("net.a", t, "b", t), "net."));
        assertThrows(IllegalArgumentException.class,
                () -> PyTorchCheckpoint.withoutPrefix(Map.of("net.a", t, "a", t), "net."));
    }

    @Test
    void cutFilesGiveOnlyCheckpointExceptions() throws IOException {
        for (byte[] whole : samples()) {
            for (int length = 0; length < whole.length; length += 1 + length / 200) {
                refused(Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void changedFilesGiveOnlyCheckpointExceptions() throws IOException {
        Random random = new Random(3);
        Path name = folder.resolve("a.pth");
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            boolean zip = i % 10 == 0;
            byte[] bytes = samples().get(zip ? 1 : 0);
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                int at = random.nextInt(bytes.length);
                bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ 1 << random.nextInt(8));
            }
            try {
                if (zip) {
                    PyTorchCheckpoint.read(file(bytes));
                } else {
                    LegacyCheckpoint.read(name, new ByteArrayInputStream(bytes), bytes.length);
                }
                read++;
            } catch (CheckpointException e) {
                assertTrue(e.getMessage().startsWith(folder.toString()) && !e.getMessage().contains("null"),
                        e.getMessage());
            }
        }
        assertTrue(read > 100 && read < 9000, read + " were read");
    }

    @Test
    void namesFilesThatAreNoCheckpoint() throws IOException {
        assertTrue(refused(new byte[0]).contains("is no file of torch.save"));
        assertTrue(refused("ustar archive".getBytes(StandardCharsets.UTF_8)).contains("no file of"));
        assertTrue(refused(new PickleBytes().op("\u0080\u0002}.").bytes()).contains("the magic number is missing"));
        Path missing = folder.resolve("none.pth");
        assertEquals(missing + ": there is no such file; check the path",
                assertThrows(CheckpointException.class, () -> PyTorchCheckpoint.read(missing)).getMessage());
        assertTrue(assertThrows(CheckpointException.class, () -> PyTorchCheckpoint.read(folder)).getMessage()
                .contains("is a folder"));
    }

    @Test
    void refusesCompressedAndDamagedArchives() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            zip.write(new byte[1_000_000]);
            zip.closeEntry();
        }
        assertTrue(refused(out.toByteArray()).contains("a/data.pkl: is compressed"));
        byte[] bytes = samples().get(1);
        int data = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("data/0") + 6;
        bytes[data + 1] ^= 4;
        String message = refused(bytes);
        assertTrue(message.contains("archive/data/0: its checksum does not match"), message);
    }

    private static List<byte[]> samples() throws IOException {
        byte[] object = new PickleBytes().op("}(").text("step").integer(7).text("state_dict").op("}").text("w")
                .tensor("FloatStorage", "0", 6, 0, new int[] {2, 3}, new int[] {3, 1}).op("su").bytes();
        return List.of(PickleBytes.legacy(object, new String[] {"0"}, new float[][] {SIX}),
                zip(object, floats(SIX, false), "little"));
    }

    private static StoredTensor tensor(PyTorchCheckpoint checkpoint, int i) {
        return (StoredTensor) checkpoint.at(i).orElseThrow();
    }

    private String refused(byte[] bytes) throws IOException {
        Path file = file(bytes);
        return assertThrows(CheckpointException.class, () -> PyTorchCheckpoint.read(file)).getMessage();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.pth"), bytes);
    }

    private static byte[] floats(float[] values, boolean bigEndian) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length)
                .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    private static byte[] zip(byte[] object, byte[] storage, String byteOrder) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            byte[] pickle = new PickleBytes().op("\u0080\u0002").raw(object).op(".").bytes();
            entry(zip, "archive/data.pkl", pickle);
            entry(zip, "archive/byteorder", byteOrder.getBytes(StandardCharsets.US_ASCII));
            entry(zip, "archive/data/0", storage);
        }
        return out.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
