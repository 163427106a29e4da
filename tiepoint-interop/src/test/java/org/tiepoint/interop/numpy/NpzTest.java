package org.tiepoint.interop.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
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
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tiepoint.dataset.DatasetException;

class NpzTest {
    @TempDir
    Path folder;

    @Test
    void writesAndReadsBack() throws IOException {
        Map<String, NumpyArray> arrays = samples();
        Path file = folder.resolve("a.npz");
        NpzWriter.write(file, arrays);
        Map<String, NumpyArray> read = NpzReader.read(file);
        assertEquals(List.copyOf(arrays.keySet()), List.copyOf(read.keySet()));
        arrays.forEach((name, array) -> {
            assertEquals(array.toString(), read.get(name).toString());
            assertArrayEquals(array.data(), read.get(name).data(), name);
        });
        byte[] first = Files.readAllBytes(file);
        NpzWriter.write(file, arrays);
        assertArrayEquals(first, Files.readAllBytes(file));
    }

    @Test
    void headersAreThoseOfNumpy() {
        String header = new String(NpyHeader.encode(NumpyArray.ofFloats(new float[6], 3, 2)),
                StandardCharsets.ISO_8859_1);
        assertEquals("\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }"
                + " ".repeat(58) + "\n", header);
        assertTrue(headerOf(NumpyArray.ofBytes(new byte[5], 5))
                .contains("'|u1', 'fortran_order': False, 'shape': (5,),"));
        assertTrue(headerOf(NumpyArray.ofBooleans(new boolean[1]))
                .contains("'|b1', 'fortran_order': False, 'shape': (),"));
        for (int rank = 0; rank < 30; rank++) {
            int[] shape = new int[rank];
            Arrays.fill(shape, 1);
            byte[] bytes = NpyHeader.encode(NumpyArray.ofLongs(new long[1], shape));
            assertEquals(0, bytes.length % 64);
            assertEquals('\n', bytes[bytes.length - 1]);
            assertArrayEquals(shape, NpyHeader.decode(bytes).shape());
        }
    }

    @Test
    void convertsValues() {
        Map<String, NumpyArray> arrays = samples();
        assertArrayEquals(new float[] {1, 2.5f, -3, Float.NaN, 5, 6}, arrays.get("floats").toFloats());
        assertArrayEquals(new float[] {0.1f, 2}, arrays.get("doubles").toFloats());
        assertArrayEquals(new double[] {0.1, 2}, arrays.get("doubles").toDoubles());
        assertArrayEquals(new long[] {Long.MAX_VALUE}, arrays.get("scalar").toLongs());
        assertArrayEquals(new long[] {-1, 7}, arrays.get("ints").toLongs());
        assertArrayEquals(new long[] {255, 0, 3}, arrays.get("bytes").toLongs());
        assertArrayEquals(new float[] {1, 0}, arrays.get("mask").toFloats());
        assertThrows(IllegalStateException.class, () -> arrays.get("floats").toLongs());
        assertThrows(IllegalArgumentException.class, () -> NumpyArray.ofFloats(new float[5], 2, 3));
        assertThrows(IllegalArgumentException.class, () -> NumpyArray.ofFloats(new float[1], -1, -1));
    }

    @Test
    void readsFortranOrderBigEndianAndOtherVersions() throws IOException {
        byte[] data = {0, 3, 1, 4, 2, 5};
        NumpyArray columns = read(npy(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", data));
        assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5}, columns.toLongs());
        byte[] cube = {0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23};
        NumpyArray three = read(npy(2, "{'shape': (2, 3, 4), 'fortran_order': True, 'descr': '|u1'}", cube));
        long[] expected = new long[24];
        Arrays.setAll(expected, i -> i);
        assertArrayEquals(expected, three.toLongs());
        NumpyArray big = read(npy(3, "{'descr': '>i4', 'fortran_order': False, 'shape': (1L,), }",
                new byte[] {0, 0, 1, 2}));
        assertArrayEquals(new long[] {258}, big.toLongs());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', value = {
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}; 1; elements of type 'O'",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}; 8; elements of type 'c8'",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}; 4; not understood",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}; 4; needs 8 bytes, has 4",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}; 5; needs 4 bytes, has 5",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)}; 4; too large",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}; 4; not understood",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000,2000000000,2000000000)}; 4; overflow",
        "{'descr': '<f4', 'fortran_order': 1, 'shape': (1,)}; 4; not understood",
        "; 0; not understood"})
    void refusesBadHeaders(String header, int bytes, String problem) throws IOException {
        DatasetException e = refused(npz(npy(1, header == null ? "" : header, new byte[bytes])));
        assertTrue(e.getMessage().contains("bad.npz, a.npy: ") && e.getMessage().contains(problem), e.getMessage());
    }

    @Test
    void refusesWhatIsNoArray() throws IOException {
        assertTrue(refused(npz(new byte[] {1, 2, 3})).getMessage().contains("is no .npy array"));
        assertTrue(refused("no zip".getBytes(StandardCharsets.UTF_8)).getMessage().contains("is no .npz archive"));
        assertTrue(refused(new byte[0]).getMessage().contains("is no .npz archive"));
        byte[] longHeader = npy(2, "{}", new byte[0]);
        ByteBuffer.wrap(longHeader).order(ByteOrder.LITTLE_ENDIAN).putInt(8, Integer.MAX_VALUE);
        assertTrue(refused(npz(longHeader)).getMessage().contains("header of 2147483647 bytes"));
        assertTrue(assertThrows(DatasetException.class, () -> NpzReader.read(folder)).getMessage()
                .contains("is a folder"));
        assertTrue(assertThrows(DatasetException.class, () -> NpzReader.read(folder.resolve("none.npz")))
                .getMessage().contains("there is no such file"));
    }

    /** The sizes in a zip directory are only claims: 4 GiB and 2 GiB - 9 here. */
    @Test
    void boundsWhatACompressedArrayUnfoldsTo() throws IOException {
        for (int size : new int[] {-1, Integer.MAX_VALUE - 8}) {
            byte[] bytes = npz(npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)}", new byte[1]));
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
            buffer.putInt(directory + 24, size);
            assertTrue(refused(bytes).getMessage().contains("bad.npz"), "size " + size);
        }
    }

    @Test
    void cutAndChangedFilesGiveOnlyDatasetExceptions() throws IOException {
        Path good = folder.resolve("good.npz");
        NpzWriter.write(good, samples());
        byte[] whole = Files.readAllBytes(good);
        for (int length = 0; length < whole.length; length += 13) {
            refused(Arrays.copyOf(whole, length));
        }
        Random random = new Random(8);
        for (int i = 0; i < 1000; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            try {
                NpzReader.read(Files.write(folder.resolve("bad.npz"), changed));
            } catch (DatasetException e) {
                assertTrue(e.getMessage().contains("bad.npz"));
            }
        }
    }

    private static Map<String, NumpyArray> samples() {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        arrays.put("floats", NumpyArray.ofFloats(new float[] {1, 2.5f, -3, Float.NaN, 5, 6}, 3, 2));
        arrays.put("doubles", NumpyArray.ofDoubles(new double[] {0.1, 2}, 2));
        arrays.put("scalar", NumpyArray.ofLongs(new long[] {Long.MAX_VALUE}));
        arrays.put("ints", NumpyArray.ofInts(new int[] {-1, 7}, 2, 1));
        arrays.put("bytes", NumpyArray.ofBytes(new byte[] {-1, 0, 3}, 3));
        arrays.put("mask", NumpyArray.ofBooleans(new boolean[] {true, false}, 2));
        arrays.put("empty", NumpyArray.ofFloats(new float[0], 0, 128));
        return arrays;
    }

    private static String headerOf(NumpyArray array) {
        return new String(NpyHeader.encode(array), StandardCharsets.ISO_8859_1);
    }

    private NumpyArray read(byte[] npy) throws IOException {
        return NpzReader.read(Files.write(folder.resolve("a.npz"), npz(npy))).get("a");
    }

    private DatasetException refused(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("bad.npz"), bytes);
        return assertThrows(DatasetException.class, () -> NpzReader.read(file));
    }

    private static byte[] npy(int version, String header, byte[] data) {
        ByteBuffer buffer = ByteBuffer.allocate((version == 1 ? 10 : 12) + header.length() + data.length)
                .order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) version).put((byte) 0);
        if (version == 1) {
            buffer.putShort((short) header.length());
        } else {
            buffer.putInt(header.length());
        }
        return buffer.put(header.getBytes(StandardCharsets.US_ASCII)).put(data).array();
    }

    private static byte[] npz(byte[] npy) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(npy);
            zip.closeEntry();
        }
        return out.toByteArray();
    }
}
