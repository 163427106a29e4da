package org.tiepoint.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StoredTensorTest {
    @Test
    void givesBackWhatItWasMadeOf() {
        float[] floats = {1.5f, -0f, Float.NaN, 1e-45f};
        assertArrayEquals(floats, StoredTensor.ofFloats(new long[] {2, 2}, floats).toFloats());
        double[] doubles = {Math.PI, -1e300};
        assertArrayEquals(doubles, StoredTensor.ofDoubles(new long[] {2}, doubles).toDoubles());
        long[] longs = {Long.MIN_VALUE, 7};
        assertArrayEquals(longs, StoredTensor.ofLongs(new long[] {2}, longs).toLongs());
        assertArrayEquals(new long[] {-3}, StoredTensor.ofInts(new long[0], new int[] {-3}).toLongs());
        boolean[] booleans = {true, false, true};
        assertArrayEquals(booleans, StoredTensor.ofBooleans(new long[] {3}, booleans).toBooleans());
        assertArrayEquals(new long[] {255, 1}, StoredTensor.ofBytes(new long[] {2}, new byte[] {-1, 1}).toLongs());
    }

    @Test
    void convertsBetweenFormats() {
        assertArrayEquals(new float[] {-3, 4}, StoredTensor.ofLongs(new long[] {2}, new long[] {-3, 4}).toFloats());
        assertArrayEquals(new double[] {0.5}, StoredTensor.ofFloats(new long[] {1}, new float[] {0.5f}).toDoubles());
        assertArrayEquals(new float[] {1, 0},
                StoredTensor.ofBooleans(new long[] {2}, new boolean[] {true, false}).toFloats());
        byte[] data = {(byte) 0xff, (byte) 0xff};
        assertArrayEquals(new long[] {-1}, new StoredTensor(DType.I16, new long[] {1}, data).toLongs());
        assertArrayEquals(new long[] {-1, -1}, new StoredTensor(DType.I8, new long[] {2}, data).toLongs());
    }

    @Test
    void decodesHalfPrecision() {
        int[] bits = {0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x03ff, 0x8000, 0x7c00, 0xfc00, 0x3555};
        float[] values = {1, -2, 65504, 0x1p-14f, 0x1p-24f, 1023 * 0x1p-24f, -0f, Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY, 0.333251953125f};
        for (int i = 0; i < bits.length; i++) {
            byte[] data = {(byte) bits[i], (byte) (bits[i] >> 8)};
            assertEquals(values[i], new StoredTensor(DType.F16, new long[0], data).toFloats()[0], "bits " + bits[i]);
        }
        assertEquals(Float.NaN, StoredTensor.halfToFloat((short) 0x7e01));
        byte[] brain = {(byte) 0x49, (byte) 0xc0};
        assertEquals(-3.140625, new StoredTensor(DType.BF16, new long[0], brain).toDoubles()[0]);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThrows(IllegalArgumentException.class, () -> StoredTensor.ofFloats(new long[] {3}, new float[2]));
        assertThrows(IllegalArgumentException.class, () -> StoredTensor.ofFloats(new long[] {-1}, new float[1]));
        assertThrows(IllegalStateException.class,
                () -> StoredTensor.ofFloats(new long[] {1}, new float[1]).toLongs());
        assertThrows(IllegalStateException.class,
                () -> StoredTensor.ofFloats(new long[] {1}, new float[1]).toBooleans());
    }
}
