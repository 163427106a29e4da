package org.tiepoint.interop.numpy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tiepoint.file.AtomicFile;

/**
 * Writes .npz files as numpy's savez does: a zip archive of uncompressed .npy files. The same arrays give the same
 * bytes.
 */
public final class NpzWriter {
    private NpzWriter() {}

    /**
     * Writes a file, whole or not at all.
     *
     * @param arrays by name, in the order of the map
     * @throws IOException naming the file and the cause; a file that was there before is unchanged
     */
    public static void write(Path file, Map<String, NumpyArray> arrays) throws IOException {
        AtomicFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (Map.Entry<String, NumpyArray> e : arrays.entrySet()) {
                write(zip, e.getKey() + ".npy", e.getValue());
            }
            zip.finish();
        });
    }

    private static void write(ZipOutputStream zip, String name, NumpyArray array) throws IOException {
        byte[] header = NpyHeader.encode(array);
        CRC32 checksum = new CRC32();
        checksum.update(header);
        checksum.update(array.data());
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize((long) header.length + array.data().length);
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(header);
        zip.write(array.data());
        zip.closeEntry();
    }
}
