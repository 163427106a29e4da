package org.tiepoint.interop.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An array in C order (row-major). Arrays are shared, not copied: treat them as read-only.
 *
 * @param type  number format
 * @param shape sizes; empty for a scalar
 * @param data  little-endian elements
 */
public record NumpyArray(NumpyType type, int[] shape, byte[] data) {
    public NumpyArray {
        long needed = type.bytes();
        for (int size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("negative size in shape " + Arrays.toString(shape));
            }
            needed = Math.multiplyExact(needed, size);
        }
        if (data.length != needed) {
            throw new IllegalArgumentException(type + " of shape " + Arrays.toString(shape) + " needs " + needed
                    + " bytes, got " + data.length);
        }
    }

    /** A float32 array of that shape. */
    public static NumpyArray ofFloats(float[] values, int... shape) {
        ByteBuffer buffer = allocate(values.length, 4);
        buffer.asFloatBuffer().put(values);
        return new NumpyArray(NumpyType.FLOAT32, shape, buffer.array());
    }

    /** A float16 array of that shape: rounded to the nearest, ties to even; 65520 and more become infinite. */
    public static NumpyArray ofHalves(float[] values, int... shape) {
        ByteBuffer buffer = allocate(values.length, 2);
        for (float value : values) {
            buffer.putShort(HalfPrecision.of(value));
        }
        return new NumpyArray(NumpyType.FLOAT16, shape, buffer.array());
    }

    /** A float64 array of that shape. */
    public static NumpyArray ofDoubles(double[] values, int... shape) {
        ByteBuffer buffer = allocate(values.length, 8);
        buffer.asDoubleBuffer().put(values);
        return new NumpyArray(NumpyType.FLOAT64, shape, buffer.array());
    }

    /** An int64 array of that shape. */
    public static NumpyArray ofLongs(long[] values, int... shape) {
        ByteBuffer buffer = allocate(values.length, 8);
        buffer.asLongBuffer().put(values);
        return new NumpyArray(NumpyType.INT64, shape, buffer.array());
    }

    /** An int32 array of that shape. */
    public static NumpyArray ofInts(int[] values, int... shape) {
        ByteBuffer buffer = allocate(values.length, 4);
        buffer.asIntBuffer().put(values);
        return new NumpyArray(NumpyType.INT32, shape, buffer.array());
    }

    /** A uint8 array of that shape; the values are shared. */
    public static NumpyArray ofBytes(byte[] values, int... shape) {
        return new NumpyArray(NumpyType.UINT8, shape, values);
    }

    /** A bool array of that shape. */
    public static NumpyArray ofBooleans(boolean[] values, int... shape) {
        byte[] data = new byte[values.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (values[i] ? 1 : 0);
        }
        return new NumpyArray(NumpyType.BOOL, shape, data);
    }

    /** Number of elements. */
    public int count() {
        return data.length / type.bytes();
    }

    /** The values, rounded where the stored format is wider; a truth value becomes 0 or 1. */
    public float[] toFloats() {
        float[] values = new float[count()];
        if (type == NumpyType.FLOAT32) {
            buffer().asFloatBuffer().get(values);
        } else {
            double[] doubles = toDoubles();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) doubles[i];
            }
        }
        return values;
    }

    /** The values; exact except for int64 beyond 2^53. */
    public double[] toDoubles() {
        double[] values = new double[count()];
        ByteBuffer buffer = buffer();
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case FLOAT16 -> HalfPrecision.toFloat(buffer.getShort(2 * i));
                case FLOAT32 -> buffer.getFloat(4 * i);
                case FLOAT64 -> buffer.getDouble(8 * i);
                default -> integer(buffer, i);
            };
        }
        return values;
    }

    /**
     * The values; a truth value becomes 0 or 1.
     *
     * @throws IllegalStateException for a floating format
     */
    public long[] toLongs() {
        if (type.isFloating()) {
            throw new IllegalStateException("a " + type + " array has no integers; use toFloats or toDoubles");
        }
        long[] values = new long[count()];
        ByteBuffer buffer = buffer();
        for (int i = 0; i < values.length; i++) {
            values[i] = integer(buffer, i);
        }
        return values;
    }

    /** Format and shape, such as {@code FLOAT32[100, 2]}. */
    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }

    private long integer(ByteBuffer buffer, int i) {
        return switch (type) {
            case INT64 -> buffer.getLong(8 * i);
            case INT32 -> buffer.getInt(4 * i);
            case INT16 -> buffer.getShort(2 * i);
            case UINT32 -> buffer.getInt(4 * i) & 0xffff_ffffL;
            case UINT16 -> buffer.getShort(2 * i) & 0xffff;
            default -> buffer.get(i) & 0xff;
        };
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer allocate(int count, int bytes) {
        return ByteBuffer.allocate(Math.multiplyExact(count, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
