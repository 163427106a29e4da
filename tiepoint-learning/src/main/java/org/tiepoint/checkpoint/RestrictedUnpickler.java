package org.tiepoint.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;

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
    private final PickleObjects objects = new PickleObjects();

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
        } catch (PickleObjects.RefusedException e) {
            throw refused(e.getMessage());
        } catch (IOException | IllegalArgumentException | PickleException e) {
            throw damaged(e.getMessage(), e);
        } catch (RuntimeException e) {
            throw damaged("its opcodes do not fit together", e);
        }
    }

    /** The number formats of all storages that the pickle named, by key. */
    Map<String, DType> storageTypes() {
        return objects.storageTypes();
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
                objects.put(topDictionary(), key, value);
            }
            case Opcodes.SETITEMS -> {
                List<Object> items = stack.pop_all_since_marker();
                objects.putAll(topDictionary(), items);
            }
            case Opcodes.DICT -> {
                Map<Object, Object> dictionary = new LinkedHashMap<>();
                objects.putAll(dictionary, stack.pop_all_since_marker());
                stack.add(dictionary);
            }
            case Opcodes.ADDITEMS -> {
                List<Object> items = stack.pop_all_since_marker();
                objects.addAll(topSet(), items);
            }
            case Opcodes.FROZENSET -> {
                Set<Object> set = new LinkedHashSet<>();
                objects.addAll(set, stack.pop_all_since_marker());
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
                stack.add(objects.call(stack.pop(), arguments, MAX_OPCODES - opcodes));
            }
            case Opcodes.BUILD -> build();
            default -> throw refused("opcode " + opcode + ", which PyTorch does not write, is not allowed");
        }
        return NO_RETURN_VALUE;
    }

    @Override
    protected Object persistentLoad(Object id) {
        return objects.storage(id);
    }

    /** The attributes of an OrderedDict (a state dict's version numbers) carry nothing that is needed. */
    private void build() throws CheckpointException {
        Object state = stack.pop();
        if (!(stack.peek() instanceof Map) || !(state instanceof Map)) {
            throw refused("opcode BUILD is allowed for the attributes of a dictionary only");
        }
    }

    @SuppressWarnings("unchecked")
    private Map<Object, Object> topDictionary() {
        return (Map<Object, Object>) stack.peek();
    }

    @SuppressWarnings("unchecked")
    private Set<Object> topSet() {
        return (Set<Object>) stack.peek();
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
