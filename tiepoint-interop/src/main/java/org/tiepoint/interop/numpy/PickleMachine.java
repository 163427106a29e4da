package org.tiepoint.interop.numpy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stack machine that a pickle is a program for (Python's pickletools), of the opcodes that make containers, numbers,
 * strings and, through {@link PickleNumpy}, arrays. Every complaint is an IllegalArgumentException.
 */
final class PickleMachine {
    private static final Object MARK = new Object();
    private static final int MAX_NAME = 256;
    private static final int MAX_DIGITS = 1000;

    private final byte[] bytes;
    private final int start;
    private int at;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private final PickleNumpy numpy;

    PickleMachine(byte[] bytes, int start) {
        this.bytes = bytes;
        this.start = start;
        at = start;
        numpy = new PickleNumpy(bytes.length);
    }

    /** Bytes read so far. */
    int position() {
        return at - start;
    }

    Object run() {
        for (;;) {
            int opcode = read();
            if (opcode == '.') {
                return PickleNumpy.finished(pop());
            }
            step(opcode);
        }
    }

    private void step(int opcode) {
        switch (opcode) {
            case '(' -> push(MARK);
            case '0' -> pop();
            case '1' -> popMark();
            case '2' -> push(peek());
            case 'N' -> push(Optional.empty());
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'I' -> push(integerOrTruth(line()));
            case 'L' -> push(integer(line()));
            case 'F' -> push(number(line()));
            case 'S' -> push(quoted(line()));
            case 'V' -> push(escaped(line()));
            case 'J' -> push((long) little(4).getInt());
            case 'K' -> push((long) read());
            case 'M' -> push((long) little(2).getShort() & 0xffff);
            case 0x8a -> push(integer(take(read())));
            case 0x8b -> push(integer(take(length(4))));
            case 'G' -> push(little(8).order(ByteOrder.BIG_ENDIAN).getDouble());
            case 'U' -> push(new PickleNumpy.OldString(take(read())));
            case 'T' -> push(new PickleNumpy.OldString(take(length(4))));
            case 0x8c -> push(text(take(read())));
            case 'X' -> push(text(take(length(4))));
            case 0x8d -> push(text(take(length(8))));
            case 'C' -> push(take(read()));
            case 'B' -> push(take(length(4)));
            case 0x8e, 0x96 -> push(take(length(8)));
            case ']' -> push(new ArrayList<>());
            case 'l' -> {
                List<Object> values = popMark();
                push(new ArrayList<>());
                append(values);
            }
            case 'a' -> append(List.of(pop()));
            case 'e' -> append(popMark());
            case ')' -> push(new PickleNumpy.Tuple(List.of()));
            case 't' -> push(new PickleNumpy.Tuple(popMark()));
            case 0x85 -> push(new PickleNumpy.Tuple(pop(1)));
            case 0x86 -> push(new PickleNumpy.Tuple(pop(2)));
            case 0x87 -> push(new PickleNumpy.Tuple(pop(3)));
            case '}' -> push(new LinkedHashMap<>());
            case 'd' -> {
                List<Object> items = popMark();
                push(new LinkedHashMap<>());
                put(items);
            }
            case 's' -> put(pop(2));
            case 'u' -> put(popMark());
            case 'p' -> memo.put(index(line()), peek());
            case 'q' -> memo.put((long) read(), peek());
            case 'r' -> memo.put(little(4).getInt() & 0xffffffffL, peek());
            case 0x94 -> memo.put((long) memo.size(), peek());
            case 'g' -> push(recall(index(line())));
            case 'h' -> push(recall(read()));
            case 'j' -> push(recall(little(4).getInt() & 0xffffffffL));
            case 'c' -> push(numpy.find(line(), line()));
            case 0x93 -> {
                List<Object> names = pop(2);
                push(numpy.find(PickleNumpy.text(names.get(0)), PickleNumpy.text(names.get(1))));
            }
            case 'R', 0x81 -> {
                Object arguments = pop();
                push(numpy.call(pop(), arguments));
            }
            case 'b' -> {
                Object state = pop();
                numpy.build(peek(), state);
            }
            case 0x80 -> {
                if (read() > 5) {
                    throw new IllegalArgumentException("has a protocol above 5");
                }
            }
            case 0x95 -> little(8);
            default -> throw new IllegalArgumentException("is no pickle, or one with more than containers, numbers,"
                    + " strings and numpy arrays (opcode " + opcode + ")");
        }
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object peek() {
        if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw damaged("uses a value that is not there");
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        Object top = peek();
        stack.remove(stack.size() - 1);
        return top;
    }

    /** All values above the last mark, in their order. */
    private List<Object> popMark() {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw damaged("ends a group that was not begun");
        }
        List<Object> above = stack.subList(mark + 1, stack.size());
        List<Object> values = new ArrayList<>(above);
        above.clear();
        stack.remove(mark);
        return values;
    }

    private List<Object> pop(int count) {
        Object[] items = new Object[count];
        for (int i = count - 1; i >= 0; i--) {
            items[i] = pop();
        }
        return Arrays.asList(items);
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> values) {
        if (!(peek() instanceof ArrayList<?> list)) {
            throw damaged("adds to something that is no list");
        }
        for (Object value : values) {
            ((List<Object>) list).add(PickleNumpy.finished(value));
        }
    }

    @SuppressWarnings("unchecked")
    private void put(List<Object> items) {
        if (!(peek() instanceof LinkedHashMap<?, ?> map) || items.size() % 2 != 0) {
            throw damaged("sets the keys of something that is no dictionary, or a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            Object key = PickleNumpy.finished(items.get(i));
            if (!(key instanceof String || key instanceof Long || key instanceof Boolean)) {
                throw damaged("has a key that is no string, integer or truth value");
            }
            ((Map<Object, Object>) map).put(key, PickleNumpy.finished(items.get(i + 1)));
        }
    }

    private Object recall(long key) {
        Object value = memo.get(key);
        if (value == null) {
            throw damaged("refers to value " + key + ", which is not there");
        }
        return value;
    }

    private int read() {
        if (at >= bytes.length) {
            throw damaged("ends in the middle");
        }
        return bytes[at++] & 0xff;
    }

    private ByteBuffer little(int count) {
        return ByteBuffer.wrap(take(count)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private long length(int count) {
        ByteBuffer field = little(count);
        return count == 4 ? field.getInt() & 0xffffffffL : field.getLong();
    }

    private byte[] take(long count) {
        if (count < 0 || count > bytes.length - at) {
            throw damaged("a length field says " + Long.toUnsignedString(count) + " bytes where " + (bytes.length - at)
                    + " are left");
        }
        byte[] taken = Arrays.copyOfRange(bytes, at, at + (int) count);
        at += (int) count;
        return taken;
    }

    private String line() {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            throw damaged("ends in the middle of a line");
        }
        String line = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
        at = end + 1;
        return line;
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static Object integerOrTruth(String line) {
        return line.equals("00") ? Boolean.FALSE : line.equals("01") ? Boolean.TRUE : integer(line);
    }

    private static Object integer(String line) {
        String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        if (digits.length() > MAX_DIGITS) {
            throw damaged("has an integer of " + digits.length() + " digits");
        }
        try {
            return small(new BigInteger(digits));
        } catch (NumberFormatException e) {
            throw damaged("has an integer that is none");
        }
    }

    private static Object integer(byte[] little) {
        if (little.length > MAX_NAME) {
            throw damaged("has an integer of " + little.length + " bytes");
        }
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[big.length - 1 - i];
        }
        return small(big.length == 0 ? BigInteger.ZERO : new BigInteger(big));
    }

    private static Object small(BigInteger value) {
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }

    private static double number(String line) {
        try {
            return line.equals("nan") ? Double.NaN : line.equals("inf") ? Double.POSITIVE_INFINITY
                    : line.equals("-inf") ? Double.NEGATIVE_INFINITY
                    : new BigDecimal(line.substring(0, Math.min(line.length(), MAX_DIGITS))).doubleValue();
        } catch (NumberFormatException e) {
            throw damaged("has a number that is none");
        }
    }

    private static long index(String line) {
        Object index = integer(line);
        if (index instanceof Long value) {
            return value;
        }
        throw damaged("has an index that is none");
    }

    /** A string of protocol 0, in quotes and with Python's escapes. */
    private static PickleNumpy.OldString quoted(String line) {
        char quote = line.isEmpty() ? 0 : line.charAt(0);
        if (line.length() < 2 || quote != '\'' && quote != '"' || line.charAt(line.length() - 1) != quote) {
            throw damaged("has a string without quotes");
        }
        return new PickleNumpy.OldString(unescape(line.substring(1, line.length() - 1), false)
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String escaped(String line) {
        return unescape(line, true);
    }

    private static String unescape(String line, boolean unicodeOnly) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            char next = c == '\\' && i + 1 < line.length() ? line.charAt(i + 1) : 0;
            int digits = next == 'u' && unicodeOnly ? 4 : next == 'U' && unicodeOnly ? 8
                    : next == 'x' && !unicodeOnly ? 2 : 0;
            if (digits > 0) {
                if (i + 2 + digits > line.length()) {
                    throw damaged("has an escape that is cut");
                }
                try {
                    text.appendCodePoint(Integer.parseInt(line.substring(i + 2, i + 2 + digits), 16));
                } catch (IllegalArgumentException e) {
                    throw damaged("has an escape that is none");
                }
                i += 1 + digits;
            } else if (next != 0 && !unicodeOnly) {
                int known = "ntr\\'\"".indexOf(next);
                text.append(known < 0 ? "\\" + next : String.valueOf("\n\t\r\\'\"".charAt(known)));
                i++;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static IllegalArgumentException damaged(String what) {
        return new IllegalArgumentException("is a damaged pickle: it " + what);
    }
}
