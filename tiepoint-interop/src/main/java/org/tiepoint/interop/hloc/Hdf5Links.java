package org.tiepoint.interop.hloc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The links of a group: a local heap with the names, symbol table nodes with the addresses in the order of the names,
 * and a B-tree above them, filled from the left.
 */
final class Hdf5Links {
    /** A finished node: its address, and the heap's offset of the last name below it. */
    private record Node(long address, long lastName) {}

    private static final int ENTRY = 40;

    private final Hdf5Block block;
    private final int entries;
    private final int branches;

    Hdf5Links(Hdf5Block block, Hdf5Block.NodeSizes nodes) {
        this.block = block;
        entries = 2 * nodes.leaf();
        branches = 2 * nodes.internal();
    }

    /** Adds everything; gives the addresses of the tree and of the heap. */
    long[] write(SortedMap<byte[], Long> children) {
        List<Long> names = new ArrayList<>(children.size());
        long heap = heap(children, names);
        List<Node> level = leaves(children, names);
        int depth = 0;
        do {
            level = nodes(level, depth++);
        } while (level.size() > 1);
        return new long[] {level.get(0).address, heap};
    }

    /** The heap's first 8 bytes are the empty name. */
    private long heap(SortedMap<byte[], Long> children, List<Long> offsets) {
        long data = block.address();
        block.room(8).putLong(0);
        for (byte[] name : children.keySet()) {
            offsets.add(block.address() - data);
            block.room(name.length + 1).put(name).put((byte) 0);
        }
        long size = block.address() - data;
        long heap = block.address();
        // 1: no free space in the heap
        block.room(32).put("HEAP".getBytes(StandardCharsets.US_ASCII)).putInt(0).putLong(size).putLong(1).putLong(data);
        return heap;
    }

    private List<Node> leaves(SortedMap<byte[], Long> children, List<Long> names) {
        List<Node> nodes = new ArrayList<>();
        int i = 0;
        int start = 0;
        ByteBuffer node = null;
        for (Map.Entry<byte[], Long> child : children.entrySet()) {
            if (i % entries == 0) {
                long address = block.address();
                nodes.add(new Node(address, 0));
                int used = Math.min(entries, children.size() - i);
                node = block.room(8 + entries * ENTRY);
                start = node.position();
                node.put("SNOD".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0)
                        .putShort((short) used);
                node.position(start + 8 + entries * ENTRY);
            }
            int at = start + 8 + i % entries * ENTRY;
            node.putLong(at, names.get(i)).putLong(at + 8, child.getValue());
            nodes.set(nodes.size() - 1, new Node(nodes.get(nodes.size() - 1).address, names.get(i)));
            i++;
        }
        return nodes;
    }

    private List<Node> nodes(List<Node> below, int depth) {
        List<Node> nodes = new ArrayList<>();
        int size = 24 + 8 * (2 * branches + 1);
        long first = block.address();
        int count = Math.max(1, (below.size() + branches - 1) / branches);
        long key = 0;
        for (int n = 0; n < count; n++) {
            List<Node> children = below.subList(n * branches, Math.min(below.size(), (n + 1) * branches));
            long address = first + (long) n * size;
            ByteBuffer node = block.room(size);
            int end = node.position() + size;
            node.put("TREE".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) depth)
                    .putShort((short) children.size()).putLong(n == 0 ? Hdf5Block.UNDEFINED : address - size)
                    .putLong(n == count - 1 ? Hdf5Block.UNDEFINED : address + size).putLong(key);
            for (Node child : children) {
                key = child.lastName;
                node.putLong(child.address).putLong(key);
            }
            node.position(end);
            nodes.add(new Node(address, key));
        }
        return nodes;
    }
}
