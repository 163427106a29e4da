package org.tiepoint.checkpoint;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what the unpickler made into an immutable tree: Map, List, StoredTensor, String, Long, BigInteger, Double,
 * Boolean, and an empty Optional for None. Anything else is refused, as are cycles, a depth of more than
 * {@value #MAX_DEPTH} and, since containers may be used repeatedly, a tree of more than {@value #MAX_NODES} nodes.
 */
final class PickleTree {
    private static final int MAX_DEPTH = 100;
    private static final long MAX_NODES = 20_000_000;

    /** Reads the numbers of a tensor. */
    interface TensorSource {
        StoredTensor read(TensorReference reference) throws CheckpointException;
    }

    /** A finished value, the nodes below and including it, and the containers on the longest way down. */
    private record Node(Object value, long nodes, int height) {
        static Node leaf(Object value) {
            return new Node(value, 1, 0);
        }

        Node with(Node child) {
            if (nodes + child.nodes > MAX_NODES) {
                throw new IllegalArgumentException("containers that are used repeatedly make more than " + MAX_NODES
                        + " nodes");
            }
            if (child.height >= MAX_DEPTH) {
                throw tooDeep();
            }
            return new Node(value, nodes + child.nodes, Math.max(height, child.height + 1));
        }
    }

    private static final Node OPEN = Node.leaf("");

    private final Path file;
    private final TensorSource tensors;
    private final Deque<String> path = new ArrayDeque<>();
    private final Map<Object, Node> done = new IdentityHashMap<>();

    PickleTree(Path file, TensorSource tensors) {
        this.file = file;
        this.tensors = tensors;
    }

    /**
     * The tree below a value.
     *
     * @throws CheckpointException naming the file and the place in the tree, such as state_dict/conv1.weight
     */
    Object convert(Object value) throws CheckpointException {
        try {
            return convert(value, 0).value;
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, String.join("/", path), e.getMessage()
                    + "; copy or download the file again", e);
        }
    }

    private Node convert(Object value, int depth) throws CheckpointException {
        if (value == null) {
            return Node.leaf(Optional.empty());
        }
        if (value instanceof Integer number) {
            return Node.leaf(number.longValue());
        }
        if (value instanceof String || value instanceof Long || value instanceof Double || value instanceof Boolean
                || value instanceof BigInteger) {
            return Node.leaf(value);
        }
        Node known = done.get(value);
        if (known == OPEN) {
            throw new IllegalArgumentException("a container contains itself");
        }
        if (known != null) {
            return known;
        }
        if (depth > MAX_DEPTH) {
            throw tooDeep();
        }
        done.put(value, OPEN);
        Node node = container(value, depth);
        done.put(value, node);
        return node;
    }

    private Node container(Object value, int depth) throws CheckpointException {
        if (value instanceof TensorReference reference) {
            return Node.leaf(tensors.read(reference));
        }
        if (value instanceof byte[] bytes) {
            return Node.leaf(StoredTensor.ofBytes(new long[] {bytes.length}, bytes));
        }
        if (value instanceof Map<?, ?> map) {
            return dictionary(map, depth);
        }
        if (value instanceof Object[] tuple) {
            return list(Arrays.asList(tuple), depth);
        }
        if (value instanceof Collection<?> collection) {
            return list(collection, depth);
        }
        throw new IllegalArgumentException("a value is no tensor, container, number or string");
    }

    private Node dictionary(Map<?, ?> map, int depth) throws CheckpointException {
        Map<Object, Object> result = new LinkedHashMap<>();
        Node node = new Node(Collections.unmodifiableMap(result), 1, 1);
        for (Map.Entry<?, ?> e : map.entrySet()) {
            path.addLast(String.valueOf(e.getKey()));
            Node child = convert(e.getValue(), depth + 1);
            result.put(convert(e.getKey(), depth + 1).value, child.value);
            node = node.with(child);
            path.removeLast();
        }
        return node;
    }

    private Node list(Collection<?> values, int depth) throws CheckpointException {
        List<Object> result = new ArrayList<>(values.size());
        Node node = new Node(Collections.unmodifiableList(result), 1, 1);
        for (Object value : values) {
            path.addLast(String.valueOf(result.size()));
            Node child = convert(value, depth + 1);
            result.add(child.value);
            node = node.with(child);
            path.removeLast();
        }
        return node;
    }

    private static IllegalArgumentException tooDeep() {
        return new IllegalArgumentException("containers are nested deeper than " + MAX_DEPTH);
    }
}
