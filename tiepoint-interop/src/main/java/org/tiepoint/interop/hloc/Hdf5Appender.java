package org.tiepoint.interop.hloc;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.tiepoint.dataset.DatasetException;

/**
 * Adds groups of arrays to an HDF5 file, or makes a new one, so that a kill at any moment costs at most the group that
 * was being written. HDF5 itself gives no such promise, so nothing is written in place: a part file beside the target
 * (.NAME.part) starts as a copy of the target, gets each group at its final address behind a checksum, and when all are
 * there the tree of names and the superblock, and the target's name. A later run reads what a killed one left in the
 * part file up to the first group whose checksum does not fit.
 *
 * <p>In memory are only the names. One process at a time; the methods may be called by several threads.
 */
final class Hdf5Appender implements AutoCloseable {
    private static final long SIGNATURE = 0x0a1a0a0d46444889L;
    private static final long MAGIC = 0x544e494f50454954L;
    private static final int RECORD = 40;
    private static final int SUPERBLOCK = 96;

    private final Path target;
    private final Path part;
    /** Addresses of the groups by path. */
    private final NavigableMap<String, Long> groups = new TreeMap<>();
    private Superblock superblock = Superblock.fresh();
    private FileChannel channel;
    private FileLock lock;
    private long position;

    /** The first bytes of a file, and what of them matters here. */
    private record Superblock(ByteBuffer bytes, int version, Hdf5Block.NodeSizes nodes) {
        static Superblock fresh() {
            ByteBuffer bytes = ByteBuffer.allocate(SUPERBLOCK).order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(SIGNATURE).putInt(0).put((byte) 0).put((byte) 8).put((byte) 8).put((byte) 0)
                    .putShort((short) Hdf5Block.NodeSizes.USUAL.leaf())
                    .putShort((short) Hdf5Block.NodeSizes.USUAL.internal()).putInt(0)
                    .putLong(0).putLong(Hdf5Block.UNDEFINED).putLong(0).putLong(Hdf5Block.UNDEFINED);
            return new Superblock(bytes, 0, Hdf5Block.NodeSizes.USUAL);
        }

        static Superblock of(Path file, ByteBuffer bytes) throws DatasetException {
            int version = bytes.get(8);
            int sizes = version < 2 ? 13 : 9;
            int start = version == 0 ? 24 : version == 1 ? 28 : 12;
            boolean plain = version <= 3 && bytes.get(sizes) == 8 && bytes.get(sizes + 1) == 8
                    && bytes.getLong(start) == 0 && (version < 2 || bytes.getLong(20) == Hdf5Block.UNDEFINED);
            Hdf5Block.NodeSizes nodes = version >= 2 ? Hdf5Block.NodeSizes.USUAL
                    : new Hdf5Block.NodeSizes(bytes.getShort(16) & 0xffff, bytes.getShort(18) & 0xffff);
            if (bytes.getLong(0) != SIGNATURE || !plain || !nodes.isUsable()) {
                throw new DatasetException(file, "", "cannot be extended: its superblock has a user block, options,"
                        + " unusual sizes of nodes or addresses of other than 8 bytes; write to another file");
            }
            return new Superblock(bytes, version, nodes);
        }

        /** The superblock that leads to this root group. */
        ByteBuffer with(long root, long end) {
            if (version < 2) {
                int shift = version == 1 ? 4 : 0;
                bytes.putLong(40 + shift, end).putLong(56 + shift, 0).putLong(64 + shift, root).putLong(72 + shift, 0)
                        .putLong(80 + shift, 0).putLong(88 + shift, 0);
                return bytes.duplicate().position(0).limit(SUPERBLOCK + shift);
            }
            bytes.put(11, (byte) 0).putLong(28, end).putLong(36, root);
            bytes.putInt(44, JenkinsLookup3HashLittle.hash(bytes.duplicate().position(0).limit(44)));
            return bytes.duplicate().position(0).limit(48);
        }
    }

    /**
     * Opens a file to add to; nothing is written before the first group.
     *
     * @param target a file that is there, or will be; its folder exists
     * @throws IOException when the target cannot be read, or what a killed run left does not belong to it
     */
    Hdf5Appender(Path target) throws IOException {
        this.target = target;
        part = target.resolveSibling("." + target.getFileName() + ".part");
        if (Files.exists(target)) {
            try (Hdf5Reader reader = Hdf5Reader.open(target)) {
                groups.putAll(reader.leaves());
            }
            superblock = Superblock.of(target, start(target));
        }
        if (Files.exists(part)) {
            openPart();
        }
    }

    /** Whether there is a group of that path. */
    synchronized boolean contains(String path) {
        return groups.containsKey(path);
    }

    /** The paths of all groups. */
    synchronized List<String> paths() {
        return List.copyOf(groups.keySet());
    }

    /**
     * Adds a group; it survives a kill from here on.
     *
     * @throws IOException when the disk is full, or the path is taken or lies below another group
     */
    synchronized void append(String path, List<Hdf5Dataset> datasets) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        checkFree(path);
        if (channel == null) {
            openPart();
        }
        int lead = RECORD + (name.length + 7) / 8 * 8;
        Hdf5Block block = new Hdf5Block(position + lead);
        SortedMap<byte[], Long> children = new TreeMap<>(Hdf5Block::compareNames);
        for (Hdf5Dataset dataset : datasets) {
            children.put(dataset.name().getBytes(StandardCharsets.UTF_8), block.dataset(dataset));
        }
        long group = block.group(children, superblock.nodes);
        ByteBuffer body = block.toBuffer();
        ByteBuffer head = ByteBuffer.allocate(lead).order(ByteOrder.LITTLE_ENDIAN).putLong(MAGIC)
                .putLong(body.remaining()).putLong(group).putInt(name.length).putInt(0).putLong(0).put(name).rewind();
        head.putLong(32, checksum(head, body.duplicate()));
        write(head, body);
        groups.put(path, group);
    }

    /**
     * Gives the file its name, with everything that was added; without additions nothing happens. The appender is
     * closed by this.
     */
    synchronized void finish() throws IOException {
        if (channel == null) {
            return;
        }
        long root = tree(groups, "");
        channel.truncate(position);
        channel.force(true);
        ByteBuffer first = superblock.with(root, position);
        for (long at = 0; first.hasRemaining();) {
            at += channel.write(first, at);
        }
        channel.force(true);
        close();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Leaves the part file for a later run. */
    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    private void checkFree(String path) throws IOException {
        if (path.isEmpty() || path.startsWith("/") || path.endsWith("/") || path.contains("//")
                || path.indexOf('\0') >= 0) {
            throw new IOException("cannot write " + target + ": '" + path + "' is no name for a group");
        }
        String below = groups.ceilingKey(path + "/");
        boolean taken = groups.containsKey(path) || below != null && below.startsWith(path + "/");
        for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
            taken |= groups.containsKey(path.substring(0, i));
        }
        if (taken) {
            throw new IOException("cannot write " + target + ": there is already something at " + path);
        }
    }

    private static ByteBuffer start(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SUPERBLOCK + 8).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            in.read(bytes, 0);
        }
        return bytes.rewind();
    }

    /** Continues the part file of a killed run, or starts one. */
    private void openPart() throws IOException {
        long size = Files.exists(target) ? Files.size(target) : 0;
        long begin = size == 0 ? SUPERBLOCK : (size + 7) / 8 * 8;
        try {
            if (!Files.exists(part) && size > 0) {
                Path copy = target.resolveSibling("." + target.getFileName() + ".copy");
                Files.copy(target, copy, StandardCopyOption.REPLACE_EXISTING);
                Files.move(copy, part, StandardCopyOption.ATOMIC_MOVE);
            }
            channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        } catch (IOException e) {
            close();
            throw new IOException("cannot write " + part + ": " + e.getMessage(), e);
        }
        if (lock == null) {
            close();
            throw new IOException("cannot write " + target + ": another process writes it; wait until it is done");
        }
        position = begin;
        checkOrigin(size);
        recover();
    }

    /**
     * The part file must be a copy of the target with more behind it: otherwise the target was replaced since. Without
     * a target, the superblock is zero until the end.
     */
    private void checkOrigin(long size) throws IOException {
        boolean fits = channel.size() >= size;
        if (fits && size > 0) {
            long from = Math.max(SUPERBLOCK + 8, size - 4096);
            int length = (int) Math.max(0, size - from);
            try (FileChannel in = FileChannel.open(target, StandardOpenOption.READ)) {
                fits = read(channel, from, length).equals(read(in, from, length));
            }
        } else if (fits && channel.size() >= 8) {
            long first = read(channel, 0, 8).getLong();
            fits = first == 0 || first == SIGNATURE;
        }
        if (!fits) {
            close();
            throw new DatasetException(part, "", "was left by a run on another " + target.getFileName()
                    + ": delete it to start again");
        }
    }

    /** Takes the whole groups of a killed run and forgets the rest. */
    private void recover() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(RECORD).order(ByteOrder.LITTLE_ENDIAN);
        while (channel.size() - position >= RECORD) {
            channel.read(head.clear(), position);
            long length = head.getLong(8);
            int nameLength = head.getInt(24);
            long lead = RECORD + (nameLength + 7L) / 8 * 8;
            if (head.getLong(0) != MAGIC || nameLength < 0 || length < 0 || length > Integer.MAX_VALUE
                    || nameLength > channel.size() - position || lead + length > channel.size() - position) {
                break;
            }
            ByteBuffer record = read(channel, position, (int) lead);
            ByteBuffer body = read(channel, position + lead, (int) length);
            long expected = record.getLong(32);
            record.putLong(32, 0);
            if (checksum(record, body) != expected) {
                break;
            }
            groups.put(new String(record.array(), RECORD, nameLength, StandardCharsets.UTF_8), head.getLong(16));
            position += lead + length;
        }
        channel.truncate(position);
    }

    private static ByteBuffer read(FileChannel in, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("a file became shorter while it was read; run again");
            }
        }
        return bytes.rewind();
    }

    private static long checksum(ByteBuffer head, ByteBuffer body) {
        CRC32 sum = new CRC32();
        sum.update(head.duplicate());
        sum.update(body);
        return sum.getValue();
    }

    /** Appends, and takes a part back that did not fit on the disk. */
    private void write(ByteBuffer... buffers) throws IOException {
        long at = position;
        try {
            for (ByteBuffer buffer : buffers) {
                while (buffer.hasRemaining()) {
                    at += channel.write(buffer, at);
                }
            }
        } catch (IOException e) {
            channel.truncate(position);
            throw new IOException("cannot write " + part + ": " + e.getMessage() + "; what was written before is kept,"
                    + " and the next run goes on from there", e);
        }
        position = at;
    }

    /** Writes the groups above the arrays, children first. */
    private long tree(SortedMap<String, Long> leaves, String prefix) throws IOException {
        SortedMap<byte[], Long> children = new TreeMap<>(Hdf5Block::compareNames);
        NavigableMap<String, Long> rest = new TreeMap<>(leaves);
        while (!rest.isEmpty()) {
            Map.Entry<String, Long> first = rest.firstEntry();
            int slash = first.getKey().indexOf('/', prefix.length());
            if (slash < 0) {
                children.put(first.getKey().substring(prefix.length()).getBytes(StandardCharsets.UTF_8),
                        first.getValue());
                rest.pollFirstEntry();
            } else {
                String inner = first.getKey().substring(0, slash + 1);
                SortedMap<String, Long> below = rest.subMap(inner, inner + Character.MAX_VALUE);
                children.put(inner.substring(prefix.length(), slash).getBytes(StandardCharsets.UTF_8),
                        tree(below, inner));
                below.clear();
            }
        }
        Hdf5Block block = new Hdf5Block(position);
        long address = block.group(children, superblock.nodes);
        write(block.toBuffer());
        return address;
    }
}
