package org.tiepoint.interop.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.tiepoint.dataset.DatasetException;

/**
 * Reads .npz files of numpy's savez and savez_compressed. Arrays in Fortran order or big-endian are turned around. No
 * pickled object is read, except by {@link #readObjects}, of the kinds that {@link PickledArrays} allows.
 */
public final class NpzReader {
    /** Unpacked bytes of a file's compressed arrays; uncompressed ones are bounded by the size of the file. */
    private static final long MAX_UNPACKED = 1L << 30;
    private static final String REMEDY = "; write or copy the file again";

    private final Path file;
    private long readable;
    private long unpackable = MAX_UNPACKED;

    private NpzReader(Path file, long fileBytes) {
        this.file = file;
        readable = fileBytes;
    }

    /**
     * All arrays by name, in the order of the file.
     *
     * @throws DatasetException naming the file, the array and what is wrong with it
     */
    public static Map<String, NumpyArray> read(Path file) throws DatasetException {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        open(file, false).forEach((name, value) -> arrays.put(name, (NumpyArray) value));
        return Collections.unmodifiableMap(arrays);
    }

    /**
     * All arrays by name, those of objects too: {@link PickledArrays} says what they become.
     *
     * @throws DatasetException naming the file, the array and what is wrong with it or refused
     */
    public static Map<String, Object> readObjects(Path file) throws DatasetException {
        return Collections.unmodifiableMap(open(file, true));
    }

    private static Map<String, Object> open(Path file, boolean objects) throws DatasetException {
        if (Files.isDirectory(file)) {
            throw new DatasetException(file, "", "is a folder; give the .npz file in it");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new NpzReader(file, Files.size(file)).read(zip, objects);
        } catch (DatasetException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new DatasetException(file, "", "there is no such file; check the path");
        } catch (IOException | IllegalArgumentException e) {
            throw new DatasetException(file, "", "is no .npz archive or a damaged one: " + e.getMessage() + REMEDY);
        }
    }

    private Map<String, Object> read(ZipFile zip, boolean objects) throws IOException {
        Map<String, Object> arrays = new LinkedHashMap<>();
        List<ZipEntry> entries = zip.stream().map(ZipEntry.class::cast).toList();
        for (ZipEntry entry : entries) {
            String name = entry.getName();
            if (!name.matches("\\P{Cntrl}{1,255}")) {
                throw new IllegalArgumentException("an entry has no printable name of up to 255 characters");
            }
            byte[] bytes = bytes(zip, entry);
            try {
                OptionalInt pickle = objects ? NpyHeader.objects(bytes) : OptionalInt.empty();
                arrays.put(name.endsWith(".npy") ? name.substring(0, name.length() - 4) : name, pickle.isPresent()
                        ? PickledArrays.parse(bytes, pickle.getAsInt(), file, shown(entry)) : array(bytes));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new DatasetException(file, shown(entry), e.getMessage() + REMEDY);
            }
        }
        return arrays;
    }

    private byte[] bytes(ZipFile zip, ZipEntry entry) throws DatasetException {
        boolean stored = entry.getMethod() == ZipEntry.STORED;
        long size = entry.getSize();
        if (size < 0 || size > (stored ? readable : unpackable) || size > Integer.MAX_VALUE - 8) {
            throw new DatasetException(file, shown(entry), "says it has " + size + " bytes, more than the "
                    + (stored ? "file" : "limit of " + MAX_UNPACKED + " for compressed arrays; use savez") + REMEDY);
        }
        if (stored) {
            readable -= size;
        } else {
            unpackable -= size;
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readNBytes((int) size);
        } catch (IOException e) {
            throw new DatasetException(file, shown(entry), "cannot be read: " + e + REMEDY);
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        if (bytes.length != size || checksum.getValue() != entry.getCrc()) {
            throw new DatasetException(file, shown(entry), "its checksum does not match its bytes" + REMEDY);
        }
        return bytes;
    }

    /** An array's name on one line. */
    private static String shown(ZipEntry entry) {
        String name = entry.getName().replaceAll("\\p{Cntrl}", "?");
        return name.length() > 100 ? name.substring(0, 100) + "..." : name;
    }

    private static NumpyArray array(byte[] bytes) {
        NpyHeader header = NpyHeader.decode(bytes);
        if (header.dataBytes() != bytes.length - header.length()) {
            throw new IllegalArgumentException(header.type() + " of shape " + Arrays.toString(header.shape())
                    + " needs " + header.dataBytes() + " bytes, has " + (bytes.length - header.length()));
        }
        return ArrayOrder.littleEndianRows(header.type(), header.shape(),
                Arrays.copyOfRange(bytes, header.length(), bytes.length), header.bigEndian(), header.fortranOrder());
    }
}
