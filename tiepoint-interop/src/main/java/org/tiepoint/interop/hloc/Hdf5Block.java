package org.tiepoint.interop.hloc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.tiepoint.interop.numpy.NumpyArray;
import org.tiepoint.interop.numpy.NumpyType;

/**
 * Objects of an HDF5 file, encoded for the place where they will lie: the oldest forms of the format (version 3.0 of its
 * specification: object headers of version 1, groups as B-trees of version 1 with a local heap, contiguous arrays),
 * which every HDF5 library reads. Offsets and lengths have 8 bytes.
 */
final class Hdf5Block {
    static final long UNDEFINED = -1;

    private final long base;
    private ByteBuffer bytes = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);

    /** An empty block that will lie at this address, a multiple of 8. */
    Hdf5Block(long base) {
        if (base % 8 != 0) {
            throw new IllegalArgumentException("address " + base + " is no multiple of 8");
        }
        this.base = base;
    }

    /** Everything so far, a multiple of 8 bytes. */
    ByteBuffer toBuffer() {
        align();
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip();
    }

    /** Where the next object will lie. */
    long address() {
        align();
        return base + bytes.position();
    }

    /** Adds an array; gives its address. */
    long dataset(Hdf5Dataset dataset) {
        NumpyArray array = dataset.array();
        long data = address();
        room(array.data().length).put(array.data());
        List<byte[]> messages = new ArrayList<>();
        messages.add(message(0x01, dataspace(array.shape())));
        messages.add(message(0x03, datatype(array.type())));
        // fill value: storage allocated late, written if set, the default value
        messages.add(message(0x05, new byte[] {2, 2, 2, 1, 0, 0, 0, 0}));
        boolean empty = array.data().length == 0;
        messages.add(message(0x08, little(18).put((byte) 3).put((byte) 1).putLong(empty ? UNDEFINED : data)
                .putLong(array.data().length).array()));
        for (Map.Entry<String, Double> attribute : dataset.attributes().entrySet()) {
            messages.add(message(0x0c, attribute(attribute.getKey(), attribute.getValue())));
        }
        return header(messages);
    }

    /**
     * Adds a group; gives its address.
     *
     * @param children  addresses by name, sorted by {@link #compareNames}
     * @param nodes     how many entries the group's nodes have room for
     */
    long group(SortedMap<byte[], Long> children, NodeSizes nodes) {
        Hdf5Links links = new Hdf5Links(this, nodes);
        long[] treeAndHeap = links.write(children);
        return header(List.of(message(0x11, little(16).putLong(treeAndHeap[0]).putLong(treeAndHeap[1]).array())));
    }

    /** The order of names in a group: by their bytes, unsigned. */
    static int compareNames(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    /**
     * Entries of a group's nodes: half of the largest number.
     *
     * @param leaf     of a symbol table node
     * @param internal of a B-tree node
     */
    record NodeSizes(int leaf, int internal) {
        /** What files have that do not say otherwise. */
        static final NodeSizes USUAL = new NodeSizes(4, 16);

        /** Whether a group can be written with them, and without wasting memory. */
        boolean isUsable() {
            return leaf >= 1 && leaf <= 1024 && internal >= 1 && internal <= 1024;
        }
    }

    /** At least so many bytes more. */
    ByteBuffer room(int count) {
        if (bytes.remaining() < count) {
            long size = Math.max(2L * bytes.capacity(), (long) bytes.position() + count);
            ByteBuffer larger = ByteBuffer.allocate((int) Math.min(size, Integer.MAX_VALUE - 8))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }

    private void align() {
        while (bytes.position() % 8 != 0) {
            room(1).put((byte) 0);
        }
    }

    private long header(List<byte[]> messages) {
        long address = address();
        int size = messages.stream().mapToInt(m -> m.length).sum();
        room(16 + size).put((byte) 1).put((byte) 0).putShort((short) messages.size()).putInt(1).putInt(size).putInt(0);
        messages.forEach(bytes::put);
        return address;
    }

    private static byte[] message(int type, byte[] body) {
        int size = padded(body.length);
        return little(8 + size).putShort((short) type).putShort((short) size).putInt(0).put(body).array();
    }

    private static byte[] dataspace(int... shape) {
        ByteBuffer body = little(8 + 8 * shape.length).put((byte) 1).put((byte) shape.length)
                .position(8);
        for (int size : shape) {
            body.putLong(size);
        }
        return body.array();
    }

    private static byte[] datatype(NumpyType type) {
        int bits = 8 * type.bytes();
        if (type.isFloating()) {
            int mantissa = switch (type) {
                case FLOAT16 -> 10;
                case FLOAT32 -> 23;
                default -> 52;
            };
            int exponent = bits - mantissa - 1;
            // little-endian, the mantissa's first bit implied, the sign in the last bit
            return little(20).put((byte) 0x11).put((byte) 0x20).put((byte) (bits - 1)).put((byte) 0)
                    .putInt(type.bytes()).putShort((short) 0).putShort((short) bits).put((byte) mantissa)
                    .put((byte) exponent).put((byte) 0).put((byte) mantissa).putInt((1 << exponent - 1) - 1).array();
        }
        boolean signed = type == NumpyType.INT16 || type == NumpyType.INT32 || type == NumpyType.INT64;
        return little(12).put((byte) 0x10).put((byte) (signed ? 8 : 0)).putShort((short) 0).putInt(type.bytes())
                .putShort((short) 0).putShort((short) bits).array();
    }

    private static byte[] attribute(String name, double value) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] type = datatype(NumpyType.FLOAT64);
        byte[] space = dataspace();
        ByteBuffer body = little(8 + padded(text.length + 1) + padded(type.length) + padded(space.length) + 8)
                .put((byte) 1).put((byte) 0).putShort((short) (text.length + 1)).putShort((short) type.length)
                .putShort((short) space.length).put(text);
        int at = 8 + padded(text.length + 1);
        return body.position(at).put(type).position(at + padded(type.length)).put(space)
                .position(at + padded(type.length) + padded(space.length)).putDouble(value).array();
    }

    private static int padded(int length) {
        return (length + 7) / 8 * 8;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
