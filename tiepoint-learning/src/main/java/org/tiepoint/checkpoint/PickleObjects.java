package org.tiepoint.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tiepoint.checkpoint.TensorReference.StorageReference;

/** Makes the objects of a pickle: dictionaries, sets, storages and tensors. Damage is an IllegalArgumentException. */
final class PickleObjects {
    private static final int MAX_RANK = 64;

    private final Map<String, DType> storageTypes = new HashMap<>();
    private long copied;

    /** Something that could be made in Python, but is not made here. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /** The number formats of all storages that were named, by key. */
    Map<String, DType> storageTypes() {
        return storageTypes;
    }

    /** ('storage', class, key, location, count), in the legacy format also a view (key, offset, count) or None. */
    StorageReference storage(Object id) {
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

    /**
     * Calls one of the allowed classes.
     *
     * @param limit elements that may be copied before the pickle counts as too large
     */
    Object call(Object callable, Object arguments, int limit) {
        Object[] args = tuple(arguments);
        if (!(callable instanceof PickleClass c)) {
            throw new RefusedException("it calls something that is no class");
        }
        switch (c) {
            case ORDERED_DICT:
                Map<Object, Object> dictionary = new LinkedHashMap<>();
                for (Object pair : contents(args, limit)) {
                    List<?> entry = pair instanceof List<?> list ? list : Arrays.asList(tuple(pair));
                    if (entry.size() != 2) {
                        throw new IllegalArgumentException("an entry of a dictionary is no pair");
                    }
                    put(dictionary, entry.get(0), entry.get(1));
                }
                return dictionary;
            case SET:
                Set<Object> set = new LinkedHashSet<>();
                addAll(set, contents(args, limit));
                return set;
            case SIZE:
                return tuple(args[0]);
            case REBUILD_TENSOR:
                return tensor(args);
            case REBUILD_PARAMETER:
                return argument(args, TensorReference.class);
            default:
                throw new RefusedException("it calls " + c);
        }
    }

    /** Arguments: storage, offset, size, stride, requires_grad, hooks and, in some versions, metadata. */
    private static TensorReference tensor(Object[] args) {
        long[] shape = integers(args[2]);
        long[] strides = integers(args[3]);
        if (shape.length != strides.length) {
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

    /** The list that an OrderedDict or a set is made of. Its length counts like opcodes: it can be used repeatedly. */
    private List<Object> contents(Object[] args, int limit) {
        List<Object> contents = new ArrayList<>();
        if (args.length > 0) {
            contents.addAll((List<?>) args[0]);
        }
        copied += contents.size();
        if (copied > limit) {
            throw new RefusedException("it has more than " + RestrictedUnpickler.MAX_OPCODES
                    + " opcodes and copied elements");
        }
        return contents;
    }

    void putAll(Map<Object, Object> dictionary, List<Object> items) {
        if (items.size() % 2 != 0) {
            throw new IllegalArgumentException("a dictionary has a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            put(dictionary, items.get(i), items.get(i + 1));
        }
    }

    void put(Map<Object, Object> dictionary, Object key, Object value) {
        dictionary.put(key(key), value);
    }

    void addAll(Set<Object> set, List<Object> items) {
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

    private static long integer(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new IllegalArgumentException("a size, stride or offset is no 64-bit integer");
    }

    private static long[] integers(Object tuple) {
        Object[] values = tuple(tuple);
        if (values.length > MAX_RANK) {
            throw new IllegalArgumentException("a tensor has more than " + MAX_RANK + " dimensions");
        }
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
}
