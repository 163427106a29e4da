package org.tiepoint.dataset;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads little-endian numbers from a file and checks every size against the bytes that are left before anything is
 * allocated. Errors name the record under way and the byte. Not thread-safe.
 */
final class BinaryRecords implements Closeable {
    private static final int LONGEST_NAME = 4096;

    private final Path file;
    private final DataInputStream stream;
    private final long length;
    private long position;
    private String record = "head";

    BinaryRecords(Path file) throws IOException {
        this.file = file;
        this.length = Files.size(file);
        this.stream = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    /** Says which record the following reads belong to. */
    void begin(String what, int index) {
        record = what + " " + index;
    }

    int uint8(String field) throws IOException {
        require(1, field);
        position++;
        return stream.readUnsignedByte();
    }

    int int32(String field) throws IOException {
        require(4, field);
        position += 4;
        return Integer.reverseBytes(stream.readInt());
    }

    long int64(String field) throws IOException {
        require(8, field);
        position += 8;
        return Long.reverseBytes(stream.readLong());
    }

    double float64(String field) throws IOException {
        double value = Double.longBitsToDouble(int64(field));
        if (!Double.isFinite(value)) {
            throw error(field + " is " + value + ": it must be a finite number");
        }
        return value;
    }

    double[] float64s(int count, String field) throws IOException {
        require(8L * count, field);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = float64(field + "[" + i + "]");
        }
        return values;
    }

    /** An unsigned 64-bit number of records that take at least so many bytes each. */
    int count(String field, long bytesEach) throws IOException {
        long count = int64(field);
        if (count < 0 || count > Integer.MAX_VALUE || count > (length - position) / bytesEach) {
            throw error(field + " is " + Long.toUnsignedString(count) + ", for which the " + (length - position)
                    + " bytes left are too few: the file is cut or damaged; write it again");
        }
        return (int) count;
    }

    /** A zero-terminated UTF-8 string. */
    String string(String field) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (true) {
            require(1, field);
            position++;
            int b = stream.read();
            if (b == 0) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
            if (b < 0) {
                throw new EOFException(file + " became shorter while it was read");
            }
            bytes.write(b);
            if (bytes.size() > LONGEST_NAME) {
                throw error(field + " is longer than " + LONGEST_NAME + " bytes: the file is damaged; write it again");
            }
        }
    }

    void skip(long bytes, String field) throws IOException {
        require(bytes, field);
        position += bytes;
        stream.skipNBytes(bytes);
    }

    /** Checks that nothing follows the last record. */
    void requireEnd() throws DatasetException {
        if (position != length) {
            throw new DatasetException(file, "byte " + position, (length - position)
                    + " bytes follow the last record: the file is damaged; write it again");
        }
    }

    DatasetException error(String problem) {
        return new DatasetException(file, record + " (byte " + position + ")", problem);
    }

    private void require(long bytes, String field) throws DatasetException {
        if (bytes > length - position) {
            throw error(field + " needs " + bytes + " bytes and " + (length - position)
                    + " are left: the file is cut; write it again");
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
