package org.tiepoint.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's format up to 1.5: the pickles of a magic number, protocol 1001, facts about the system, the object and the
 * list of storage keys; then for each key an 8-byte element count and the raw elements.
 */
final class LegacyCheckpoint extends StorageReader {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;
    private static final String REMEDY = "; copy or download the file again";

    private final Path file;
    private final PickleInput input;
    private final Map<String, byte[]> storages = new HashMap<>();

    private LegacyCheckpoint(Path file, long fileBytes, PickleInput input) {
        super(fileBytes);
        this.file = file;
        this.input = input;
    }

    /** The tree of a file. */
    static Object read(Path file, long fileBytes) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return read(file, in, fileBytes);
        }
    }

    /** The tree of a stream; the file is named in errors. */
    static Object read(Path file, InputStream in, long bytes) throws IOException {
        return new LegacyCheckpoint(file, bytes, new PickleInput(in, bytes)).read();
    }

    private Object read() throws IOException {
        if (!MAGIC.equals(pickle("magic number"))) {
            throw new CheckpointException(file, "", "is a pickle, but no PyTorch checkpoint: the magic number is "
                    + "missing; save it with torch.save");
        }
        Object protocol = pickle("protocol");
        if (!(protocol instanceof Integer number) || number != PROTOCOL) {
            throw new CheckpointException(file, "protocol", "is not " + PROTOCOL
                    + "; load it in PyTorch and save it again");
        }
        boolean bigEndian = pickle("system") instanceof Map<?, ?> system
                && Boolean.FALSE.equals(system.get("little_endian"));
        RestrictedUnpickler unpickler = new RestrictedUnpickler(file, "object");
        Object raw = unpickler.load(input);
        Map<String, DType> dtypes = unpickler.storageTypes();
        if (!(pickle("storage keys") instanceof List<?> keys)) {
            throw new CheckpointException(file, "storage keys", "are no list" + REMEDY);
        }
        for (Object key : keys) {
            readStorage(String.valueOf(key), dtypes.get(String.valueOf(key)), bigEndian);
        }
        return new PickleTree(file, this).convert(raw);
    }

    private Object pickle(String part) throws CheckpointException {
        return new RestrictedUnpickler(file, part).load(input);
    }

    private void readStorage(String key, DType dtype, boolean bigEndian) throws IOException {
        String where = "storage " + key;
        if (dtype == null || storages.containsKey(key)) {
            throw new CheckpointException(file, where, (dtype == null ? "belongs to no tensor" : "is there twice")
                    + REMEDY);
        }
        try {
            long count = input.littleEndian(8);
            byte[] data = input.take(Math.multiplyExact(count, dtype.bytes()));
            if (bigEndian) {
                swap(data, dtype.bytes());
            }
            storages.put(key, data);
        } catch (IOException | ArithmeticException e) {
            throw CheckpointException.unreadable(file, where, e);
        }
    }

    @Override
    byte[] storage(TensorReference.StorageReference reference) throws CheckpointException {
        byte[] data = storages.get(reference.key());
        if (data == null || data.length / reference.dtype().bytes() != reference.count()) {
            throw new CheckpointException(file, "storage " + reference.key(), (data == null ? "is missing"
                    : "has not the " + reference.count() + " elements that the pickle says") + REMEDY);
        }
        return data;
    }
}
