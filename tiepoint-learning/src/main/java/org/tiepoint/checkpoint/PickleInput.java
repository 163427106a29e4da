package org.tiepoint.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A stream of known length: refuses a length field that points past the end before anything is allocated for it. */
final class PickleInput extends InputStream {
    private final InputStream in;
    private final long length;
    private long position;

    PickleInput(InputStream in, long length) {
        this.in = in;
        this.length = length;
    }

    long position() {
        return position;
    }

    /** Throws at the end instead of giving -1, which the pickle machine would take for a value in some places. */
    @Override
    public int read() throws IOException {
        int value = position < length ? in.read() : -1;
        if (value < 0) {
            throw new EOFException("ends in the middle");
        }
        position++;
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        int read = position < length ? in.read(target, offset, (int) Math.min(count, length - position)) : -1;
        if (read < 0) {
            throw new EOFException("ends in the middle");
        }
        position += read;
        return read;
    }

    /** Exactly so many bytes; a negative count is a length field of more than 63 bits. */
    byte[] take(long count) throws IOException {
        if (count < 0 || count > length - position) {
            throw new EOFException("a length field says " + Long.toUnsignedString(count) + " bytes where "
                    + (length - position) + " are left");
        }
        if (count > Integer.MAX_VALUE - 8) {
            throw new IOException("a part has " + count + " bytes; 2 GiB or more is not supported");
        }
        byte[] bytes = new byte[(int) count];
        for (int done = 0; done < bytes.length;) {
            done += read(bytes, done, bytes.length - done);
        }
        return bytes;
    }

    /** A little-endian integer of 1, 2, 4 (unsigned) or 8 bytes. */
    long littleEndian(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) read() << 8 * i;
        }
        return value;
    }

    /** Text up to a line feed. */
    String line(int maxLength) throws IOException {
        byte[] text = new byte[maxLength];
        for (int n = 0; n < maxLength; n++) {
            int c = read();
            if (c == '\n') {
                return new String(text, 0, n, StandardCharsets.UTF_8);
            }
            text[n] = (byte) c;
        }
        throw new IOException("a name is longer than " + maxLength + " bytes");
    }
}
