package org.tiepoint.localisation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.file.AtomicFile;

/** Binary files that begin with eight letters and end with the CRC-32 of what is between: big-endian numbers. */
final class CheckedFile {
    private static final int LETTERS = 8;
    private static final int CHECKSUM = 4;

    private CheckedFile() {}

    /** What is written. */
    @FunctionalInterface
    interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    static void write(Path file, String letters, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(new DataOutputStream(bytes));
        byte[] data = bytes.toByteArray();
        AtomicFile.write(file, out -> {
            out.write(letters.getBytes(StandardCharsets.US_ASCII));
            out.write(data);
            writeChecksum(out, data);
        });
    }

    private static void writeChecksum(OutputStream out, byte[] data) throws IOException {
        out.write(ByteBuffer.allocate(CHECKSUM).putInt(checksum(data)).array());
    }

    /**
     * What is between.
     *
     * @throws DatasetException when the file is not of this kind, or was changed or cut
     */
    static DataInputStream read(Path file, String letters) throws IOException {
        byte[] all = Files.readAllBytes(file);
        byte[] expected = letters.getBytes(StandardCharsets.US_ASCII);
        if (all.length < LETTERS + CHECKSUM || !Arrays.equals(expected, Arrays.copyOf(all, LETTERS))) {
            throw damaged(file, "does not begin with " + letters);
        }
        byte[] data = Arrays.copyOfRange(all, LETTERS, all.length - CHECKSUM);
        if (ByteBuffer.wrap(all, all.length - CHECKSUM, CHECKSUM).getInt() != checksum(data)) {
            throw damaged(file, "its checksum is wrong");
        }
        return new DataInputStream(new ByteArrayInputStream(data));
    }

    static DatasetException damaged(Path file, String how) {
        return new DatasetException(file, "", "is damaged (" + how + "): delete it, and the map is built again");
    }

    static void writeFloats(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(4, values.length));
        buffer.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(buffer.array());
    }

    static float[] readFloats(DataInputStream in) throws IOException {
        float[] values = new float[count(in)];
        ByteBuffer.wrap(in.readNBytes(Math.multiplyExact(4, values.length))).asFloatBuffer().get(values);
        return values;
    }

    static void writeInts(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    static int[] readInts(DataInputStream in) throws IOException {
        int[] values = new int[count(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
        return values;
    }

    /** A number of numbers of four bytes each that the rest can hold. */
    static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available() / 4) {
            throw new EOFException(count + " numbers do not fit into the rest");
        }
        return count;
    }

    private static int checksum(byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(data);
        return (int) crc.getValue();
    }
}
