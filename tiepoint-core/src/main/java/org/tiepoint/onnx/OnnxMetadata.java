package org.tiepoint.onnx;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads an entry of the metadata of an ONNX file (a protobuf ModelProto) and skips the rest, without ONNX Runtime. */
final class OnnxMetadata {
    /** ModelProto's metadata_props. */
    private static final int ENTRY = 14;
    private static final int MOST_BYTES = 1 << 24;

    private OnnxMetadata() {}

    /**
     * An entry's value; empty where the file has none or is no ONNX file.
     *
     * @throws IOException when the file cannot be read
     */
    static Optional<String> read(Path file, String key) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, key);
        }
    }

    /** The same of a file's content. */
    static Optional<String> read(InputStream in, String key) throws IOException {
        try {
            for (int first = in.read(); first >= 0; first = in.read()) {
                long tag = varint(in, first);
                int type = (int) (tag & 7);
                if (type == 0) {
                    varint(in, in.read());
                } else if (type == 2) {
                    long length = varint(in, in.read());
                    if (tag >>> 3 == ENTRY && length >= 0 && length <= MOST_BYTES) {
                        String[] entry = entry(in.readNBytes((int) length));
                        if (entry[0].equals(key)) {
                            return Optional.of(entry[1]);
                        }
                    } else {
                        in.skipNBytes(length);
                    }
                } else {
                    in.skipNBytes(type == 1 ? Long.BYTES : Integer.BYTES);
                }
            }
            return Optional.empty();
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    /** A StringStringEntryProto: key (1) and value (2). */
    private static String[] entry(byte[] message) throws IOException {
        String[] entry = {"", ""};
        try (InputStream in = new ByteArrayInputStream(message)) {
            for (int tag = in.read(); tag >= 0; tag = in.read()) {
                byte[] text = in.readNBytes((int) Math.max(0, Math.min(message.length, varint(in, in.read()))));
                if (tag >>> 3 == 1 || tag >>> 3 == 2) {
                    entry[(tag >>> 3) - 1] = new String(text, StandardCharsets.UTF_8);
                }
            }
        }
        return entry;
    }

    private static long varint(InputStream in, int first) throws IOException {
        long value = 0;
        int next = first;
        for (int shift = 0; next >= 0 && shift < Long.SIZE; shift += 7) {
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
            next = in.read();
        }
        throw new EOFException();
    }
}
