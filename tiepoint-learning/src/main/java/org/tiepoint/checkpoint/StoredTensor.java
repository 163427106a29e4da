package org.tiepoint.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor as a file holds it: contiguous, row-major. Arrays are shared, not copied: treat them as read-only.
 *
 * @param dtype number format
 * @param shape sizes; empty for a scalar
 * @param data  product of the sizes times {@link DType#bytes()} bytes, little-endian
 */
public record StoredTensor(DType dtype, long[] shape, byte[] data) {
    public StoredTensor {
        long needed = Math.multiplyExact(count(shape), dtype.bytes());
        if (data.length != needed) {
            throw new IllegalArgumentException(dtype + " of shape " + Arrays.toString(shape) + " needs " + needed
                    + " bytes, got " + data.length);
        }
    }

    /** A float tensor. */
    public static StoredTensor ofFloats(long[] shape, float[] values) {
        ByteBuffer buffer = allocate(values.length, DType.F32);
        buffer.asFloatBuffer().put(values);
        return new StoredTensor(DType.F32, shape, buffer.array());
    }

    /** A double tensor. */
    public static StoredTensor ofDoubles(long[] shape, double[] values) {
        ByteBuffer buffer = allocate(values.length, DType.F64);
        buffer.asDoubleBuffer().put(values);
        return new StoredTensor(DType.F64, shape, buffer.array());
    }

    /** A tensor of 64-bit integers. */
    public static StoredTensor ofLongs(long[] shape, long[] values) {
        ByteBuffer buffer = allocate(values.length, DType.I64);
        buffer.asLongBuffer().put(values);
        return new StoredTensor(DType.I64, shape, buffer.array());
    }

    /** A tensor of 32-bit integers. */
    public static StoredTensor ofInts(long[] shape, int[] values) {
        ByteBuffer buffer = allocate(values.length, DType.I32);
        buffer.asIntBuffer().put(values);
        return new StoredTensor(DType.I32, shape, buffer.array());
    }

    /** A tensor of unsigned bytes; the array is shared. */
    public static StoredTensor ofBytes(long[] shape, byte[] values) {
        return new StoredTensor(DType.U8, shape, values);
    }

    /** A tensor of truth values. */
    public static StoredTensor ofBooleans(long[] shape, boolean[] values) {
        byte[] data = new byte[values.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (values[i] ? 1 : 0);
        }
        return new StoredTensor(DType.BOOL, shape, data);
    }

    /** Number of elements. */
    public int count() {
        return data.length / dtype.bytes();
    }

    /** The values as floats, rounded where the stored format is wider; a truth value becomes 0 or 1. */
    public float[] toFloats() {
        float[] values = new float[count()];
        if (dtype == DType.F32) {
            buffer().asFloatBuffer().get(values);
        } else {
            ByteBuffer buffer = buffer();
            for (int i = 0; i < values.length; i++) {
                values[i] = dtype.isFloating() ? (float) floating(buffer, i) : (float) integer(buffer, i);
            }
        }
        return values;
    }

    /** The values as doubles; exact except for 64-bit integers beyond 2^53. */
    public double[] toDoubles() {
        double[] values = new double[count()];
        ByteBuffer buffer = buffer();
        for (int i = 0; i < values.length; i++) {
            values[i] = dtype.isFloating() ? floating(buffer, i) : integer(buffer, i);
        }
        return values;
    }

    /**
     * The values as integers; a truth value becomes 0 or 1.
     *
     * @throws IllegalStateException for a floating format
     */
    public long[] toLongs() {
        if (dtype.isFloating()) {
            throw new IllegalStateException("a " + dtype + " tensor has no integers; use toFloats or toDoubles");
        }
        long[] values = new long[count()];
        ByteBuffer buffer = buffer();
        for (int i = 0; i < values.length; i++) {
            values[i] = integer(buffer, i);
        }
        return values;
    }

    /**
     * The values as truth values: true where not 0.
     *
     * @throws IllegalStateException for other formats than BOOL and U8
     */
    public boolean[] toBooleans() {
        if (dtype != DType.BOOL && dtype != DType.U8) {
            throw new IllegalStateException("a " + dtype + " tensor has no truth values");
        }
        boolean[] values = new boolean[data.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = data[i] != 0;
        }
        return values;
    }

    /** The data as a little-endian buffer at position 0; shared. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Format and shape, such as {@code F32[64, 3, 7, 7]}. */
    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }

    /**
     * Product of the sizes.
     *
     * @throws IllegalArgumentException where a size is negative
     * @throws ArithmeticException      where the product leaves 64 bits
     */
    static long count(long[] shape) {
        long count = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("negative size in shape " + Arrays.toString(shape));
            }
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    private double floating(ByteBuffer buffer, int i) {
        return switch (dtype) {
            case F64 -> buffer.getDouble(8 * i);
            case F32 -> buffer.getFloat(4 * i);
            case F16 -> halfToFloat(buffer.getShort(2 * i));
            default -> Float.intBitsToFloat(buffer.getShort(2 * i) << 16);
        };
    }

    private long integer(ByteBuffer buffer, int i) {
        return switch (dtype) {
            case I64 -> buffer.getLong(8 * i);
            case I32 -> buffer.getInt(4 * i);
            case I16 -> buffer.getShort(2 * i);
            case I8 -> buffer.get(i);
            default -> buffer.get(i) & 0xff;
        };
    }

    /** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits; subnormals, infinities, NaN. */
    static float halfToFloat(short half) {
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude;
        if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else if (exponent == 31) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            magnitude = Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        }
        return half < 0 ? -magnitude : magnitude;
    }

    private static ByteBuffer allocate(int count, DType dtype) {
        return ByteBuffer.allocate(Math.multiplyExact(count, dtype.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }
}
