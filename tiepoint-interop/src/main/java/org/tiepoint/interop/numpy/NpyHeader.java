package org.tiepoint.interop.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header of an .npy file (NEP 1): magic number, version, length, and a Python dictionary in text, padded so that
 * the data begin at a multiple of 64.
 *
 * @param bigEndian    the elements' byte order
 * @param fortranOrder column-major data
 * @param length       bytes up to the data
 */
record NpyHeader(NumpyType type, boolean bigEndian, boolean fortranOrder, int[] shape, int length) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_RANK = 64;
    private static final Pattern DESCR = Pattern.compile("'descr': *'([<>|=]?)([a-zA-Z]\\d*)'");
    private static final Pattern OBJECTS = Pattern.compile("'descr': *'[|]?O\\d?'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([\\d ,L]*)\\)");

    /** Version 1.0, little-endian, C order. */
    static byte[] encode(NumpyArray array) {
        String order = array.type().bytes() == 1 ? "|" : "<";
        String sizes = Arrays.stream(array.shape()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + order + array.type().code() + "', 'fortran_order': False, 'shape': (" + sizes
                + (array.shape().length == 1 ? "," : "") + "), }";
        int total = (10 + text.length() + 1 + 63) / 64 * 64;
        String padded = text + " ".repeat(total - 10 - text.length() - 1) + "\n";
        return ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).put((byte) 1).put((byte) 0)
                .putShort((short) (total - 10)).put(padded.getBytes(StandardCharsets.US_ASCII)).array();
    }

    /** The dictionary, and the bytes up to the data. */
    private record Dictionary(String text, int length) {}

    /**
     * Where the pickle begins in a file of objects; empty for numbers.
     *
     * @throws IllegalArgumentException when it is no .npy file
     */
    static OptionalInt objects(byte[] file) {
        Dictionary dictionary = dictionary(file);
        return OBJECTS.matcher(dictionary.text).find() ? OptionalInt.of(dictionary.length) : OptionalInt.empty();
    }

    /**
     * Reads a header of version 1, 2 or 3.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static NpyHeader decode(byte[] file) {
        Dictionary dictionary = dictionary(file);
        String text = dictionary.text;
        Matcher descr = DESCR.matcher(text);
        Matcher fortran = FORTRAN.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!descr.find() || !fortran.find() || !shape.find()) {
            throw new IllegalArgumentException("has a header that is not understood: "
                    + text.substring(0, Math.min(200, text.length())).trim());
        }
        boolean big = descr.group(1).equals(">");
        return new NpyHeader(type(descr.group(2)), big, fortran.group(1).equals("True"), sizes(shape.group(1)),
                dictionary.length);
    }

    private static Dictionary dictionary(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 10 || !Arrays.equals(file, 0, 6, MAGIC, 0, 6)) {
            throw new IllegalArgumentException("is no .npy array (its first bytes are not \\x93NUMPY)");
        }
        int version = file[6];
        int start = version == 1 ? 10 : 12;
        if (version < 1 || version > 3 || file.length < start) {
            throw new IllegalArgumentException(".npy version " + version + " is not supported (1 to 3 are)");
        }
        int textLength = version == 1 ? buffer.getShort(8) & 0xffff : buffer.getInt(8);
        if (textLength < 0 || textLength > MAX_LENGTH || textLength > file.length - start) {
            throw new IllegalArgumentException("has a header of " + textLength + " bytes");
        }
        return new Dictionary(new String(file, start, textLength, StandardCharsets.UTF_8), start + textLength);
    }

    /** Bytes of data that the shape asks for, up to 2^63. */
    long dataBytes() {
        long bytes = type.bytes();
        for (int size : shape) {
            bytes = Math.multiplyExact(bytes, size);
        }
        return bytes;
    }

    private static NumpyType type(String code) {
        for (NumpyType type : NumpyType.values()) {
            if (type.code().equals(code)) {
                return type;
            }
        }
        throw new IllegalArgumentException("has elements of type '" + code + "'; convert it with astype to one of "
                + List.of(NumpyType.values()));
    }

    private static int[] sizes(String text) {
        List<Integer> sizes = new ArrayList<>();
        for (String part : text.split(",")) {
            String size = part.replace("L", "").trim();
            if (!size.isEmpty()) {
                if (size.length() > 10 || Long.parseLong(size) > Integer.MAX_VALUE || sizes.size() == MAX_RANK) {
                    throw new IllegalArgumentException("has the shape (" + text + "), which is too large");
                }
                sizes.add(Integer.parseInt(size));
            }
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }
}
