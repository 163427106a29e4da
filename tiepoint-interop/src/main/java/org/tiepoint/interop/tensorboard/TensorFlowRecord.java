package org.tiepoint.interop.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * TensorFlow's record format (tfrecord): length as an unsigned 64-bit integer, masked CRC-32C of the length, data,
 * masked CRC-32C of the data; little-endian.
 */
final class TensorFlowRecord {
    private static final int MASK_DELTA = 0xa282ead8;

    private TensorFlowRecord() {}

    /** A whole record, ready to be written. */
    static ByteBuffer frame(byte[] data) {
        ByteBuffer record = ByteBuffer.allocate(Math.addExact(16, data.length)).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(maskedChecksum(record.array(), 8));
        record.put(data);
        record.putInt(maskedChecksum(data, data.length));
        return record.flip();
    }

    /** CRC-32C, rotated right by 15 bits, plus a constant: so a checksum of data with checksums in it stays useful. */
    static int maskedChecksum(byte[] data, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(data, 0, length);
        return Integer.rotateRight((int) checksum.getValue(), 15) + MASK_DELTA;
    }
}
