package org.tiepoint.interop.tensorboard;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Reads event files back without the writer's code: records with their checksums, messages as maps of fields. */
final class EventReader {
    private EventReader() {}

    /** Every event: field number to Long, Integer (fixed32 bits), Double bits as Long, or byte[]. */
    static List<Map<Integer, Object>> read(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Map<Integer, Object>> events = new ArrayList<>();
        while (buffer.hasRemaining()) {
            int start = buffer.position();
            int length = Math.toIntExact(buffer.getLong());
            check(buffer.array(), start, 8, buffer.getInt());
            byte[] data = new byte[length];
            buffer.get(data);
            check(data, 0, length, buffer.getInt());
            events.add(fields(data));
        }
        return events;
    }

    static Map<Integer, Object> fields(byte[] message) throws IOException {
        Map<Integer, Object> fields = new LinkedHashMap<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            Object value = switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_VARINT -> in.readInt64();
                case WireFormat.WIRETYPE_FIXED64 -> in.readFixed64();
                case WireFormat.WIRETYPE_FIXED32 -> in.readFixed32();
                default -> in.readByteArray();
            };
            if (fields.put(WireFormat.getTagFieldNumber(tag), value) != null) {
                throw new IOException("field twice");
            }
        }
        return fields;
    }

    /** The unmasking of the format's documentation: subtract the constant, rotate left by 15. */
    private static void check(byte[] data, int offset, int length, int masked) throws IOException {
        CRC32C checksum = new CRC32C();
        checksum.update(data, offset, length);
        int rotated = masked - 0xa282ead8;
        if ((rotated >>> 17 | rotated << 15) != (int) checksum.getValue()) {
            throw new IOException("checksum does not match");
        }
    }
}
