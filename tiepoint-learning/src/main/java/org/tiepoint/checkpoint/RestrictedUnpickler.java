package org.tiepoint.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;
import org.tiepoint.checkpoint.TensorReference.StorageReference;

/**
 * A pickle machine that can make containers, numbers, strings and {@link TensorReference}s, and nothing else. The
 * library's machine does the harmless opcodes only: those of {@link #SAFE}. Every opcode that names, makes or
 * fills an object is done here, so none of the library's constructors, nor its reflective __setstate__, is ever
 * reached. Opcodes that PyTorch does not write (the text forms of protocol 0, stack juggling, extension codes,
 * out-of-band buffers) are refused. Memory is bounded: a length must fit what is left of the input, and a pickle may
 * have {@value #MAX_OPCODES} opcodes.
 *
 * <p>What comes out is not checked for depth or cycles: {@link PickleTree} does that. Not safe for threads.
 */
final class RestrictedUnpickler extends Unpickler {
    /** A checkpoint of 10,000 tensors with both Adam moments has about a million. */
    static final int MAX_OPCODES = 4_000_000;
    private static final int MAX_NAME = 256;
    private static final int MAX_RANK = 64;
    private static final int MAX_INTEGER_BYTES = 256;
    /** BINFLOAT, BININT*, LONG1, NONE, TRUE, FALSE, MARK, tuples, lists, memo, PROTO, FRAME, BINPERSID, STOP. */
    private static final Set<Short> SAFE = Set.of(Opcodes.BINFLOAT, Opcodes.BININT, Opcodes.BININT1, Opcodes.BININT2,
            Opcodes.LONG1, Opcodes.NONE, Opcodes.NEWTRUE, Opcodes.NEWFALSE, Opcodes.MARK, Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE, Opcodes.TUPLE1, Opcodes.TUPLE2, Opcodes.TUPLE3, Opcodes.EMPTY_LIST, Opcodes.LIST,
            Opcodes.APPEND, Opcodes.APPENDS, Opcodes.BINPUT, Opcodes.LONG_BINPUT, Opcodes.BINGET, Opcodes.LONG_BINGET,
            Opcodes.MEMOIZE, Opcodes.PROTO, Opcodes.FRAME, Opcodes.BINPERSID, Opcodes.STOP);

    private final Path file;
    private final String part;
    private PickleInput source;
    private int opcodes;
    private final Map<String, DType> storageTypes = new HashMap<>();

    /**
     * @param file named in errors
     * @param part of the file, named in errors
     */
    RestrictedUnpickler(Path file, String part) {
        this.file = file;
        this.part = part;
    }

    /** Reads one pickle and leaves the input behind its STOP. */
    Object load(PickleInput stream) throws CheckpointException {
        source = stream;
        opcodes = 0;
        try {
            return super.load(stream);
        } catch (CheckpointException e) {
            throw e;
        } catch (IOException | IllegalArgumentException | PickleException e) {
            throw damaged(e.getMessage(), e);
        } catch (RuntimeException e) {
            throw damaged("its opcodes do not fit together", e);
        }
    }

    /** The number formats of all storages that the pickle named, by key. */
    Map<String, DType> storageTypes() {
        return storageTypes;
    }

    @Override
    public Object load(InputStream stream) {
        throw new UnsupportedOperationException("needs a PickleInput");
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        if (++opcodes > MAX_OPCODES) {
            throw refused("it has more than " + MAX_OPCODES + " opcodes");
        }
        if (SAFE.contains(opcode)) {
            return super.dispatch(opcode);
        }
        switch (opcode) {
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
            case Opcodes.EMPTY_SET -> stack.add(new LinkedHashSet<>());
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                Object key = stack.pop();
                put(topDictionary(), key, value);
            }
            case Opcodes.SETITEMS -> {
                List<Object> items = stack.pop_all_since_marker();
                putAll(topDictionary(), items);
            }
            case Opcodes.DICT -> {
                Map<Object, Object> dictionary = new LinkedHashMap<>();
                putAll(dictionary, stack.pop_all_since_marker());
                stack.add(dictionary);
            }
            case Opcodes.ADDITEMS -> {
                List<Object> items = stack.pop_all_since_marker();
                addAll(topSet(), items);
            }
            case Opcodes.FROZENSET -> {
                Set<Object> set = new LinkedHashSet<>();
                addAll(set, stack.pop_all_since_marker());
                stack.add(set);
            }
            case Opcodes.LONG4 -> {
                long length = source.littleEndian(4);
                if (length > MAX_INTEGER_BYTES) {
                    throw refused("an integer has " + length + " bytes");
                }
                stack.add(integer(source.take(length)));
            }
            case Opcodes.SHORT_BINSTRING -> stack.add(text(1, true));
            case Opcodes.BINSTRING -> stack.add(text(4, true));
            case Opcodes.SHORT_BINUNICODE -> stack.add(text(1, false));
            case Opcodes.BINUNICODE -> stack.add(text(4, false));
            case Opcodes.BINUNICODE8 -> stack.add(text(8, false));
            case Opcodes.SHORT_BINBYTES -> stack.add(source.take(source.littleEndian(1)));
            case Opcodes.BINBYTES -> stack.add(source.take(source.littleEndian(4)));
            case Opcodes.BINBYTES8 -> stack.add(source.take(source.littleEndian(8)));
            case Opcodes.GLOBAL, Opcodes.INST -> {
                String module = source.line(MAX_NAME);
                PickleClass found = find(module, source.line(MAX_NAME));
                if (opcode == Opcodes.INST) {
                    throw refused("opcode INST, which PyTorch does not write, makes a " + found);
                }
                stack.add(found);
            }
            case Opcodes.STACK_GLOBAL -> {
                Object name = stack.pop();
                stack.add(find(name(stack.pop()), name(name)));
            }
            case Opcodes.REDUCE -> {
                Object arguments = stack.pop();
                stack.add(call(stack.pop(), arguments));
            }
            case Opcodes.BUILD -> build();
            default -> throw refused("opcode " + opcode + ", which PyTorch does not write, is not allowed");
        }
        return NO_RETURN_VALUE;
    }

    /** ('storage', class, key, location, count), in the legacy format also a view (key, offset, count) or None. */
    @Override
    protected Object persistentLoad(Object id) {
        Object[] fields = tuple(id);
        if (fields.length < 5 || !"storage".equals(fields[0]) || !(fields[1] instanceof PickleClass c)
                || !c.isStorage() || !(fields[2] instanceof String key)) {
            throw new IllegalArgumentException("a persistent id is no tensor storage");
        }
        if (storageTypes.getOrDefault(key, c.dtype()) != c.dtype()) {
            throw new IllegalArgumentException("storage " + key + " has two number formats");
        }
        storageTypes.put(key, c.dtype());
        long count = integer(fields[4]);
        if (fields.length == 5 || fields[5] == null) {
            return new StorageReference(c.dtype(), key, count, 0, count);
        }
        Object[] view = tuple(fields[5]);
        if (view.length != 3) {
            throw new IllegalArgumentException("a storage view has " + view.length + " fields, expected 3");
        }
        return new StorageReference(c.dtype(), key, count, integer(view[1]), integer(view[2]));
    }

    private Object call(Object callable, Object arguments) throws CheckpointException {
        Object[] args = tuple(arguments);
        if (!(callable instanceof PickleClass c)) {
            throw refused("it calls something that is no class");
        }
        switch (c) {
            case ORDERED_DICT:
                Map<Object, Object> dictionary = new LinkedHashMap<>();
                for (Object pair : contents(args)) {
                    Object[] entry = pair instanceof List<?> list ? list.toArray() : tuple(pair);
                    putAll(dictionary, Arrays.asList(entry));
                }
                return dictionary;
            case SET:
                Set<Object> set = new LinkedHashSet<>();
                addAll(set, contents(args));
                return set;
            case SIZE:
                return tuple(args[0]);
            case REBUILD_TENSOR:
                return tensor(args);
            case REBUILD_PARAMETER:
                return argument(args, TensorReference.class);
            default:
                throw refused("it calls " + c);
        }
    }

    /** Arguments: storage, offset, size, stride, requires_grad, hooks and, in some versions, metadata. */
    private static TensorReference tensor(Object[] args) {
        long[] shape = integers(args[2]);
        long[] strides = integers(args[3]);
        if (shape.length != strides.length || shape.length > MAX_RANK) {
            throw new IllegalArgumentException("a tensor has " + shape.length + " sizes and " + strides.length
                    + " strides");
        }
        return new TensorReference(argument(args, StorageReference.class), integer(args[1]), shape, strides);
    }

    /** The first argument; never null, which a cast would let through. */
    private static <T> T argument(Object[] args, Class<T> type) {
        if (args.length > 0 && type.isInstance(args[0])) {
            return type.cast(args[0]);
        }
        throw new IllegalArgumentException("a " + type.getSimpleName() + " is expected");
    }

    /** The attributes of an OrderedDict (a state dict's version numbers) carry nothing that is needed. */
    private void build() throws CheckpointException {
        Object state = stack.pop();
        if (!(stack.peek() instanceof Map) || !(state instanceof Map)) {
            throw refused("opcode BUILD is allowed for the attributes of a dictionary only");
        }
    }

    /** The list that an OrderedDict or a set is made of. Its length counts like opcodes: it can be used repeatedly. */
    private List<Object> contents(Object[] args) throws CheckpointException {
        List<Object> contents = new ArrayList<>();
        if (args.length > 0) {
            contents.addAll((List<?>) args[0]);
        }
        opcodes += contents.size();
        if (opcodes > MAX_OPCODES || opcodes < 0) {
            throw refused("it has more than " + MAX_OPCODES + " opcodes and elements");
        }
        return contents;
    }

    @SuppressWarnings("unchecked")
    private Map<Object, Object> topDictionary() {
        return (Map<Object, Object>) stack.peek();
    }

    @SuppressWarnings("unchecked")
    private Set<Object> topSet() {
        return (Set<Object>) stack.peek();
    }

    private static void putAll(Map<Object, Object> dictionary, List<Object> items) {
        if (items.size() % 2 != 0) {
            throw new IllegalArgumentException("a dictionary has a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            put(dictionary, items.get(i), items.get(i + 1));
        }
    }

    private static void put(Map<Object, Object> dictionary, Object key, Object value) {
        dictionary.put(key(key), value);
    }

    private static void addAll(Set<Object> set, List<Object> items) {
        for (Object item : items) {
            set.add(key(item));
        }
    }

    /** Only keys whose hash is no walk through a container, which might contain itself. */
    private static Object key(Object key) {
        if (key instanceof String || key instanceof Number || key instanceof Boolean) {
            return key;
        }
        throw new IllegalArgumentException("a key of a dictionary or set is no string, number or truth value");
    }

    private PickleClass find(String module, String name) throws CheckpointException {
        PickleClass found = PickleClass.find(module, name);
        if (found == null) {
            throw refused("class " + module + "." + name + " is not allowed");
        }
        return found;
    }

    private String text(int lengthBytes, boolean latin) throws IOException {
        byte[] bytes = source.take(source.littleEndian(lengthBytes));
        return new String(bytes, latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static Number integer(byte[] littleEndian) {
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
        }
        BigInteger value = bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
        return value.bitLength() < 64 ? (Number) value.longValue() : value;
    }

    private static long integer(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new IllegalArgumentException("a size, stride or offset is no 64-bit integer");
    }

    private static long[] integers(Object tuple) {
        Object[] values = tuple(tuple);
        long[] integers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            integers[i] = integer(values[i]);
        }
        return integers;
    }

    private static Object[] tuple(Object value) {
        if (value instanceof Object[] array) {
            return array;
        }
        throw new IllegalArgumentException("a tuple is expected");
    }

    private static String name(Object value) {
        if (value instanceof String text && text.length() <= MAX_NAME) {
            return text;
        }
        throw new IllegalArgumentException("the name of a class is no short string");
    }

    private CheckpointException refused(String what) {
        return new CheckpointException(file, where(), "refused: " + what + "; only tensors, containers, numbers and "
                + "strings are read from a pickle. Open the file where you trust it and save the weights alone: "
                + "torch.save(model.state_dict(), ...)");
    }

    private CheckpointException damaged(String what, Exception cause) {
        return new CheckpointException(file, where(), "damaged pickle: " + what + "; copy or download the file again",
                cause);
    }

    private String where() {
        return part + " byte " + source.position();
    }
}
