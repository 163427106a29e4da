package org.tiepoint.interop.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/** Makes the arrays, scalars and few other objects that a pickle may name; the whole list is {@link Callable}. */
final class PickleNumpy {
    private static final int MAX_RANK = 64;

    /** What may be named, under all its names. */
    private enum Callable {
        RECONSTRUCT("numpy.core.multiarray _reconstruct", "numpy._core.multiarray _reconstruct"),
        SCALAR("numpy.core.multiarray scalar", "numpy._core.multiarray scalar"),
        FROM_BUFFER("numpy.core.numeric _frombuffer", "numpy._core.numeric _frombuffer"),
        ARRAY("numpy ndarray"),
        DTYPE("numpy dtype"),
        ORDERED_DICT("collections OrderedDict"),
        BYTES("builtins bytes", "__builtin__ bytes", "builtins bytearray", "__builtin__ bytearray"),
        ENCODE("_codecs encode");

        private final List<String> names;

        Callable(String... names) {
            this.names = List.of(names);
        }
    }

    /** A tuple: a list to the reader, and to the machine the arguments of a call. */
    static final class Tuple extends AbstractList<Object> implements RandomAccess {
        private final List<Object> items;
        /** Whether a reader may have it. */
        private final boolean finished;

        Tuple(List<Object> items) {
            this.items = items;
            finished = items.stream().allMatch(PickleNumpy::isFinished);
        }

        @Override
        public Object get(int i) {
            return PickleNumpy.finished(items.get(i));
        }

        @Override
        public int size() {
            return items.size();
        }

        /** As the machine has it. */
        Object raw(int i) {
            if (i >= items.size()) {
                throw damaged("calls something with " + items.size() + " arguments");
            }
            return items.get(i);
        }
    }

    /** A string of Python 2: text or the bytes of an array. */
    record OldString(byte[] bytes) {}

    /** A number format: kind, bytes an element, and the byte order that its state sets. */
    private static final class Dtype {
        private final char kind;
        private final int size;
        private boolean bigEndian;

        Dtype(String code) {
            kind = code.isEmpty() ? 0 : code.charAt(0);
            try {
                int length = Integer.parseInt(code.substring(Math.min(1, code.length())));
                size = kind == 'U' ? Math.multiplyExact(4, length) : length; // characters of 32 bits
            } catch (NumberFormatException | ArithmeticException e) {
                throw damaged("has a number format that is none");
            }
        }
    }

    /** An array whose state is still to come. */
    private static final class Array {
        private Object value;
    }

    private long budget;

    /** @param budget bytes that all arrays may have together */
    PickleNumpy(long budget) {
        this.budget = budget;
    }

    /** The object of that module and name. */
    Object find(String module, String name) {
        String full = module + " " + name;
        for (Callable callable : Callable.values()) {
            if (callable.names.contains(full)) {
                return callable;
            }
        }
        String shown = full.replaceAll("[^\\w. ]", "?").replace(' ', '.');
        throw new IllegalArgumentException("names " + shown.substring(0, Math.min(200, shown.length()))
                + ", which is refused: only containers, numbers, strings and numpy arrays are read from a pickle");
    }

    /** Calls a function or makes an object. */
    Object call(Object callable, Object arguments) {
        if (!(callable instanceof Callable known) || !(arguments instanceof Tuple given)) {
            throw damaged("calls something that is no function");
        }
        switch (known) {
            case RECONSTRUCT:
                return new Array();
            case DTYPE:
                return new Dtype(text(given.raw(0)));
            case SCALAR:
                return scalar(dtype(given.raw(0)), given.size() > 1 ? given.raw(1) : new byte[0]);
            case FROM_BUFFER:
                return array(dtype(given.raw(1)), shape(given.raw(2)), bytes(given.raw(0)),
                        given.size() > 3 && text(given.raw(3)).equals("F"));
            case ORDERED_DICT:
                if (!given.isEmpty()) {
                    throw damaged("makes a dictionary from something else");
                }
                return new LinkedHashMap<>();
            case BYTES:
                return given.isEmpty() ? new byte[0] : bytes(given.raw(0));
            case ENCODE:
                if (!text(given.raw(1)).equals("latin1")) {
                    throw damaged("encodes text other than latin1");
                }
                spend(text(given.raw(0)).length());
                return text(given.raw(0)).getBytes(StandardCharsets.ISO_8859_1);
            default:
                throw damaged("calls " + known);
        }
    }

    /** Fills an array or sets the byte order of a number format. */
    void build(Object object, Object state) {
        if (object instanceof Array array && state instanceof Tuple given && array.value == null) {
            // (version,) shape, dtype, Fortran order, data
            int first = given.size() - 4;
            if (first < 0) {
                throw damaged("fills an array with " + given.size() + " fields");
            }
            array.value = array(dtype(given.raw(first + 1)), shape(given.raw(first)), given.raw(first + 3),
                    !Boolean.FALSE.equals(given.raw(first + 2)) && !Long.valueOf(0).equals(given.raw(first + 2)));
        } else if (object instanceof Dtype dtype && state instanceof Tuple given) {
            dtype.bigEndian = text(given.raw(1)).equals(">");
        } else if (!(object instanceof Map<?, ?> && state instanceof Map<?, ?>)) {
            throw damaged("fills something that is no array");
        }
    }

    private static boolean isFinished(Object value) {
        return value instanceof Tuple tuple ? tuple.finished
                : value instanceof Array array ? array.value != null
                : !(value instanceof Dtype || value instanceof Callable);
    }

    /** A value as the reader sees it. */
    static Object finished(Object value) {
        if (!isFinished(value)) {
            throw damaged("has a value that is no container, number, string or array");
        }
        return value instanceof OldString old ? text(old) : value instanceof Array array ? array.value : value;
    }

    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof OldString old) {
            return new String(old.bytes, StandardCharsets.ISO_8859_1);
        }
        throw damaged("has something else where a string is expected");
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] same) {
            return same;
        }
        return text(value).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Dtype dtype(Object value) {
        if (value instanceof Dtype dtype) {
            return dtype;
        }
        throw damaged("has an array without a number format");
    }

    private static int[] shape(Object value) {
        List<Object> sizes = value instanceof Tuple tuple ? tuple.items : List.of(value);
        if (sizes.size() > MAX_RANK) {
            throw damaged("has an array of " + sizes.size() + " dimensions");
        }
        int[] shape = new int[sizes.size()];
        for (int i = 0; i < shape.length; i++) {
            if (!(sizes.get(i) instanceof Long size) || size < 0 || size > Integer.MAX_VALUE) {
                throw damaged("has an array with a size that is none");
            }
            shape[i] = size.intValue();
        }
        return shape;
    }

    private Object scalar(Dtype dtype, Object data) {
        Object array = array(dtype, new int[0], data, false);
        if (!(array instanceof NumpyArray number)) {
            return array;
        }
        return number.type().isFloating() ? (Object) number.toDoubles()[0]
                : number.type() == NumpyType.BOOL ? (Object) (number.toLongs()[0] != 0) : number.toLongs()[0];
    }

    private Object array(Dtype dtype, int[] shape, Object data, boolean fortran) {
        long count = 1;
        for (int size : shape) {
            count *= size;
            if (count > Integer.MAX_VALUE) {
                throw damaged("has an array of shape " + Arrays.toString(shape));
            }
        }
        boolean words = dtype.kind == 'U' || dtype.kind == 'S';
        if (fortran && shape.length > 1 && (words || dtype.kind == 'O')) {
            throw new IllegalArgumentException("has an array of objects or strings in Fortran order; save it with"
                    + " numpy.ascontiguousarray");
        }
        if (dtype.kind == 'O') {
            return nested(objects(data, (int) count), shape, 0);
        }
        byte[] raw = bytes(data);
        spend(raw.length);
        if (raw.length != count * dtype.size || dtype.size < 0) {
            throw damaged("has an array of shape " + Arrays.toString(shape) + " with " + raw.length + " bytes");
        }
        if (words) {
            return nested(strings(dtype, raw, (int) count), shape, 0);
        }
        for (NumpyType type : NumpyType.values()) {
            if (type.code().equals(dtype.kind + String.valueOf(dtype.size))) {
                return ArrayOrder.littleEndianRows(type, shape, raw, dtype.bigEndian, fortran);
            }
        }
        throw new IllegalArgumentException("has an array of type '" + dtype.kind + dtype.size + "'; convert it with"
                + " astype to one of " + List.of(NumpyType.values()));
    }

    private List<Object> objects(Object data, int count) {
        if (!(data instanceof ArrayList<?> values) || values.size() != count) {
            throw damaged("has an array of objects with other than " + count + " of them");
        }
        spend(count);
        return new ArrayList<>(values);
    }

    /** Lists of lists, as the shape says; the only element where it has no dimensions. */
    private static Object nested(List<Object> flat, int[] shape, int depth) {
        if (shape.length == 0) {
            return flat.get(0);
        }
        if (depth == shape.length - 1 || flat.isEmpty()) {
            return flat;
        }
        int size = flat.size() / shape[depth];
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < shape[depth]; i++) {
            rows.add(nested(flat.subList(i * size, (i + 1) * size), shape, depth + 1));
        }
        return rows;
    }

    private static List<Object> strings(Dtype dtype, byte[] raw, int count) {
        List<Object> strings = new ArrayList<>();
        boolean wide = dtype.kind == 'U';
        ByteBuffer buffer = ByteBuffer.wrap(raw).order(dtype.bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        if (dtype.size == 0 && count > raw.length) {
            throw damaged("has " + count + " strings without a length");
        }
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int at = i * dtype.size; at < (i + 1) * dtype.size; at += wide ? 4 : 1) {
                int c = wide ? buffer.getInt(at) : buffer.get(at) & 0xff;
                if (!Character.isValidCodePoint(c)) {
                    throw damaged("has a string with characters that are none");
                }
                text.appendCodePoint(c);
            }
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == 0) {
                end--;
            }
            strings.add(text.substring(0, end));
        }
        return strings;
    }

    private void spend(long bytes) {
        budget -= bytes;
        if (budget < 0) {
            throw damaged("uses the same numbers in many arrays");
        }
    }

    private static IllegalArgumentException damaged(String what) {
        return new IllegalArgumentException("is a damaged pickle: it " + what);
    }
}
