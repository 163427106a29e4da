package org.tiepoint.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tiepoint.testing.SharedFiles;

class SafeTensorsTest {
    @TempDir
    Path folder;

    @Test
    void writesAndReadsBack() throws IOException {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        tensors.put("mask", StoredTensor.ofBooleans(new long[] {3}, new boolean[] {true, false, true}));
        tensors.put("layer.weight", StoredTensor.ofFloats(new long[] {2, 2}, new float[] {1, 2, 3, 4}));
        tensors.put("step", StoredTensor.ofLongs(new long[0], new long[] {42}));
        tensors.put("empty", StoredTensor.ofFloats(new long[] {0, 5}, new float[0]));
        Path file = folder.resolve("a.safetensors");
        new SafeTensors(tensors, Map.of("quote", "\"\u00e9\"")).write(file);

        SafeTensors read = SafeTensors.read(file);
        assertEquals(List.copyOf(tensors.keySet()), List.copyOf(read.tensors().keySet()));
        tensors.forEach((name, t) -> {
            assertEquals(t.toString(), read.tensor(name).toString());
            assertArrayEquals(t.data(), read.tensor(name).data(), name);
        });
        assertEquals(Map.of("quote", "\"\u00e9\""), read.metadata());
        assertThrows(NoSuchElementException.class, () -> read.tensor("bias"));
    }

    @Test
    void alignsEveryTensor() throws IOException {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        tensors.put("a", StoredTensor.ofBytes(new long[] {1}, new byte[1]));
        tensors.put("b", StoredTensor.ofDoubles(new long[] {1}, new double[1]));
        Path file = folder.resolve("a.safetensors");
        new SafeTensors(tensors, Map.of()).write(file);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0, bytes.getLong() % 8);
        String text = new String(bytes.array(), StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("\"b\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}"), text);
    }

    @Test
    void readsWhatPythonWrote() throws IOException {
        SafeTensors file = SafeTensors.read(SharedFiles.fixture("checkpoint_expected.safetensors"));
        assertEquals("3", file.metadata().get("step"));
        assertTrue(!file.tensors().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|4|tensor 'a'|does not fit its 4 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|3|tensor 'a'|do not lie in the file's 3",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|5|data|describes 4 bytes, the file has 5",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}|4|tensor 'a'|do not lie",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}|4|tensor 'a'|no list of non-negative",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}|4|tensor 'a'|shape is no list",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}|4|tensor 'a'|shape is no list",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}|4|tensor 'a'|shape is no list",
        "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}|8|tensor 'a'|\"C64\" is not supported",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}|0|tensor 'a'|not fit",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,0]}}|0|tensor 'a'|shape",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}|3|tensor 'b'|overlaps",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[2,3]}}|3|tensor 'b'|hole",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}|2|header|bad JSON",
        "{\"a\":7}|0|tensor 'a'|dtype",
        "{\"__metadata__\":{\"k\":1}}|0|__metadata__|'k' is no string",
        "{\"__metadata__\":[]}|0|__metadata__|no JSON object",
        "{\"a\":|0|header|bad JSON",
        "{} x|0|header|bad JSON",
        "[1]|0|header|no JSON object"})
    void refusesBadHeaders(String header, int dataBytes, String where, String problem) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        CheckpointException e = refused(file(json.length, json, dataBytes));
        assertTrue(e.getMessage().contains("bad.safetensors, " + where + ": "), e.getMessage());
        assertTrue(e.getMessage().contains(problem), e.getMessage());
        assertTrue(e.getMessage().contains("; "), "no remedy: " + e.getMessage());
    }

    @Test
    void refusesBadLengths() throws IOException {
        for (long length : new long[] {-1, 0, 3, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE}) {
            assertTrue(refused(file(length, "{}".getBytes(StandardCharsets.UTF_8), 0)).getMessage()
                    .contains("header: its length is"));
        }
        Path file = folder.resolve("short.safetensors");
        Files.write(file, new byte[7]);
        assertTrue(refused(file).getMessage().contains("7 bytes"));
    }

    @Test
    void namesFilesThatAreNotThere() {
        Path missing = folder.resolve("none.safetensors");
        assertEquals(missing + ": there is no such file; check the path", refused(missing).getMessage());
        assertTrue(refused(folder).getMessage().startsWith(folder + ": is a folder"), refused(folder).getMessage());
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        byte[] json = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertTrue(refused(file(json.length, json, 0)).getMessage().contains("bad JSON"));
    }

    @Test
    void cutAndChangedFilesGiveOnlyCheckpointExceptions() throws IOException {
        Path good = folder.resolve("good.safetensors");
        new SafeTensors(Map.of("w", StoredTensor.ofFloats(new long[] {4}, new float[4])), Map.of("k", "v")).write(good);
        byte[] bytes = Files.readAllBytes(good);
        Path bad = folder.resolve("bad.safetensors");
        for (int length = 0; length < bytes.length; length++) {
            Files.write(bad, Arrays.copyOf(bytes, length));
            refused(bad);
        }
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            Files.write(bad, changed);
            try {
                SafeTensors.read(bad);
            } catch (CheckpointException e) {
                assertTrue(e.getMessage().startsWith(bad.toString()));
            }
        }
    }

    private CheckpointException refused(Path file) {
        return assertThrows(CheckpointException.class, () -> SafeTensors.read(file));
    }

    private Path file(long headerLength, byte[] header, int dataBytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(headerLength).put(header);
        return Files.write(folder.resolve("bad.safetensors"), buffer.array());
    }
}
