package org.tiepoint.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A message of protobuf's wire format, read without its schema: numbers, and bytes that may be texts or messages. */
final class StoredMessage {
    private final Map<Integer, List<Object>> fields = new HashMap<>();

    private StoredMessage() {}

    static StoredMessage read(ByteString bytes) throws IOException {
        StoredMessage message = new StoredMessage();
        CodedInputStream in = bytes.newCodedInput();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            List<Object> values = message.fields.computeIfAbsent(WireFormat.getTagFieldNumber(tag),
                    n -> new ArrayList<>());
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_VARINT -> values.add(in.readInt64());
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> values.add(in.readBytes());
                default -> in.skipField(tag);
            }
        }
        return message;
    }

    /** A field's numbers, in their order. */
    List<Long> integers(int field) {
        return values(field).stream().map(value -> (Long) value).toList();
    }

    /** A field's bytes, in their order. */
    List<ByteString> bytes(int field) {
        return values(field).stream().map(value -> (ByteString) value).toList();
    }

    /** A field's texts, in their order. */
    List<String> texts(int field) {
        return bytes(field).stream().map(ByteString::toStringUtf8).toList();
    }

    /** A field's messages, in their order. */
    List<StoredMessage> messages(int field) throws IOException {
        List<StoredMessage> messages = new ArrayList<>();
        for (ByteString value : bytes(field)) {
            messages.add(read(value));
        }
        return messages;
    }

    long integer(int field) throws IOException {
        return one(integers(field), field);
    }

    String text(int field) throws IOException {
        return one(texts(field), field);
    }

    StoredMessage message(int field) throws IOException {
        return one(messages(field), field);
    }

    /** The numbers of a tensor of float32. */
    float[] floats() throws IOException {
        ByteString data = one(bytes(OnnxFields.TENSOR_RAW_DATA), OnnxFields.TENSOR_RAW_DATA);
        float[] values = new float[data.size() / Float.BYTES];
        data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private List<Object> values(int field) {
        return fields.getOrDefault(field, List.of());
    }

    private static <T> T one(List<T> values, int field) throws IOException {
        if (values.size() != 1) {
            throw new IOException("field " + field + " is there " + values.size() + " times");
        }
        return values.get(0);
    }
}
