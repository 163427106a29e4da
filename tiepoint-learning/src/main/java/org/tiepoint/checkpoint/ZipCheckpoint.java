package org.tiepoint.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * PyTorch's format since 1.6: a zip archive of uncompressed entries NAME/data.pkl, NAME/data/KEY (one for each storage)
 * and NAME/byteorder.
 */
final class ZipCheckpoint extends StorageReader {
    private static final String REMEDY = "; copy or download the file again";

    private final Path file;
    private final ZipFile zip;
    private final String folder;
    private final boolean bigEndian;
    private final Map<String, byte[]> storages = new HashMap<>();
    private long readable;

    private ZipCheckpoint(Path file, long fileBytes, ZipFile zip) throws IOException {
        super(fileBytes);
        this.file = file;
        this.zip = zip;
        readable = fileBytes;
        List<String> pickles = zip.stream().map(ZipEntry::getName).filter(n -> n.matches("[^/]+/data\\.pkl")).toList();
        if (pickles.size() != 1) {
            throw new CheckpointException(file, "", "the archive has " + pickles.size()
                    + " files NAME/data.pkl, expected 1; it is no file of torch.save");
        }
        folder = pickles.get(0).substring(0, pickles.get(0).indexOf('/') + 1);
        ZipEntry order = zip.getEntry(folder + "byteorder");
        bigEndian = order != null && new String(bytes(order), StandardCharsets.US_ASCII).trim().equals("big");
    }

    /** The tree of a file. */
    static Object read(Path file, long fileBytes) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipCheckpoint checkpoint = new ZipCheckpoint(file, fileBytes, zip);
            String name = checkpoint.folder + "data.pkl";
            byte[] pickle = checkpoint.bytes(zip.getEntry(name));
            Object raw = new RestrictedUnpickler(file, name)
                    .load(new PickleInput(new ByteArrayInputStream(pickle), pickle.length));
            return new PickleTree(file, checkpoint).convert(raw);
        }
    }

    @Override
    byte[] storage(TensorReference.StorageReference reference) throws CheckpointException {
        byte[] known = storages.get(reference.key());
        if (known == null) {
            String name = folder + "data/" + reference.key();
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new CheckpointException(file, name, "is missing" + REMEDY);
            }
            known = bytes(entry);
            if (bigEndian) {
                swap(known, reference.dtype().bytes());
            }
            storages.put(reference.key(), known);
        }
        if (known.length / reference.dtype().bytes() < reference.count()) {
            throw new CheckpointException(file, folder + "data/" + reference.key(), "has " + known.length
                    + " bytes, too few for " + reference.count() + " x " + reference.dtype() + REMEDY);
        }
        return known;
    }

    /** An entry's bytes; all together no more than the file has, so that nothing unfolds in memory. */
    private byte[] bytes(ZipEntry entry) throws CheckpointException {
        String name = entry.getName();
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new CheckpointException(file, name, "is compressed, which PyTorch never does; unpack the archive "
                    + "and pack it without compression (zip -0)");
        }
        if (entry.getSize() < 0 || entry.getSize() > readable) {
            throw new CheckpointException(file, name, "says it has " + entry.getSize() + " bytes, more than the file"
                    + REMEDY);
        }
        readable -= entry.getSize();
        byte[] bytes;
        try {
            bytes = new PickleInput(zip.getInputStream(entry), entry.getSize()).take(entry.getSize());
        } catch (IOException e) {
            throw CheckpointException.unreadable(file, name, e);
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        if (checksum.getValue() != entry.getCrc()) {
            throw new CheckpointException(file, name, "its checksum does not match its bytes: the file is damaged"
                    + REMEDY + " (or, where torch.save ran with compute_crc32 off, save it again with it on)");
        }
        return bytes;
    }
}
