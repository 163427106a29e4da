package org.tiepoint.interop.numpy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.tiepoint.dataset.DatasetException;

/**
 * Reads Python pickles of containers, numbers, strings and numpy arrays, in any of the protocols 0 to 5, and refuses all
 * else: no class of any library is looked up, so that a pickle from elsewhere can do nothing but give wrong data. Memory
 * is bounded by the size of the file.
 *
 * <p>What comes out: a dictionary is a {@code Map} (its keys strings, {@code Long}s or {@code Boolean}s), lists, tuples
 * and numpy arrays of objects or of strings are a {@code List} (of lists where they have several dimensions, the only
 * element where they have none), an array of numbers is a {@link NumpyArray}, an integer is a {@code Long} (a {@code BigInteger} beyond 64
 * bits), a float a {@code Double}, None an empty {@code Optional}, bytes a {@code byte[]}. A damaged file may hold a list
 * that contains itself: go down to the depth that is expected, and no further.
 */
public final class PickledArrays {
    private static final long MAX_BYTES = 1L << 26;

    private PickledArrays() {}

    /**
     * Reads the pickle in a file.
     *
     * @throws DatasetException naming the file, the byte and what is wrong or refused
     */
    public static Object read(Path file) throws DatasetException {
        if (Files.isDirectory(file)) {
            throw new DatasetException(file, "", "is a folder; give the pickle in it");
        }
        byte[] bytes;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new DatasetException(file, "", "has " + Files.size(file) + " bytes; pickles are read up to "
                        + MAX_BYTES);
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new DatasetException(file, "", "there is no such file; check the path");
        } catch (DatasetException e) {
            throw e;
        } catch (IOException e) {
            throw new DatasetException(file, "", "cannot be read: " + e.getMessage());
        }
        return parse(bytes, 0, file, "");
    }

    /**
     * Reads a pickle.
     *
     * @param bytes hold it
     * @param start its first byte
     * @param file  named in errors
     * @param part  of the file, named in errors; may be empty
     */
    static Object parse(byte[] bytes, int start, Path file, String part) throws DatasetException {
        PickleMachine machine = new PickleMachine(bytes, start);
        try {
            return machine.run();
        } catch (IllegalArgumentException e) {
            throw new DatasetException(file, (part.isEmpty() ? "" : part + ", ") + "byte " + machine.position(),
                    e.getMessage() + "; copy or download the file again, or save plain arrays instead");
        }
    }
}
