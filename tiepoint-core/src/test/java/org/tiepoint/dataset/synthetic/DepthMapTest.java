package org.tiepoint.dataset.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;

class DepthMapTest {
    @TempDir
    private Path folder;

    @Test
    void readsWhatItWrote() throws Exception {
        DepthMap map = new DepthMap(3, 2, new float[] {1, 2, 3, 4, Float.POSITIVE_INFINITY, 6.25f});
        Path file = folder.resolve("a.npy");
        map.write(file);
        DepthMap read = DepthMap.read(file);
        assertEquals(3, read.width());
        assertEquals(2, read.height());
        assertArrayEquals(map.z(), read.z());
    }

    @Test
    void theFileIsAsNumpySpecifiesIt() throws Exception {
        Path file = folder.resolve("a.npy");
        new DepthMap(2, 1, new float[] {1, 2}).write(file);
        byte[] bytes = Files.readAllBytes(file);
        assertEquals((byte) 0x93, bytes[0]);
        assertEquals("NUMPY", new String(bytes, 1, 5, StandardCharsets.US_ASCII));
        int length = bytes[8] & 255 | (bytes[9] & 255) << 8;
        assertEquals(0, (10 + length) % 64);
        assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }",
                new String(bytes, 10, length, StandardCharsets.US_ASCII).strip());
        assertEquals('\n', bytes[9 + length]);
        assertArrayEquals(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40},
                Arrays.copyOfRange(bytes, 10 + length, bytes.length));
    }

    @Test
    void interpolatesAPlaneExactly() {
        float[] z = new float[64];
        for (int i = 0; i < 64; i++) {
            z[i] = (float) (1 / plane(i % 8, i / 8));
        }
        DepthMap map = new DepthMap(8, 8, z);
        assertEquals(1 / plane(2.25, 5.5), map.at(2.25, 5.5), 1e-5);
        assertEquals(1 / plane(7, 7), map.at(7, 7), 1e-5);
    }

    @Test
    void hasNoDepthOutsideInTheSkyAndAcrossEdges() {
        DepthMap map = new DepthMap(4, 1, new float[] {1, 1, 3, Float.POSITIVE_INFINITY});
        assertEquals(1, map.at(0.5, 0), 1e-6);
        assertTrue(Double.isNaN(map.at(1.5, 0)));
        assertTrue(Double.isNaN(map.at(2.5, 0)));
        assertTrue(Double.isNaN(map.at(-0.1, 0)));
        assertTrue(Double.isNaN(map.at(3.1, 0)));
    }

    @Test
    void refusesACutFile() throws Exception {
        Path file = folder.resolve("cut.npy");
        new DepthMap(3, 2, new float[6]).write(file);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
        String message = assertThrows(DatasetException.class, () -> DepthMap.read(file)).getMessage();
        assertTrue(message.contains("cut.npy, data: shape (2, 3) needs 6 numbers, the file holds 5"), message);
        Files.write(file, Arrays.copyOf(bytes, 40));
        assertThrows(DatasetException.class, () -> DepthMap.read(file));
        Files.write(file, new byte[0]);
        assertThrows(DatasetException.class, () -> DepthMap.read(file));
    }

    @Test
    void refusesOtherTypes() throws Exception {
        Path file = folder.resolve("double.npy");
        new DepthMap(2, 1, new float[2]).write(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("<f4") + 2] = '8';
        Files.write(file, bytes);
        String message = assertThrows(DatasetException.class, () -> DepthMap.read(file)).getMessage();
        assertTrue(message.contains("'<f4' in C order"), message);
    }

    private static double plane(double x, double y) {
        return 0.2 + 0.002 * x - 0.001 * y;
    }
}
