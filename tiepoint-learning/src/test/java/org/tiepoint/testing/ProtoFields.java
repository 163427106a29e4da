package org.tiepoint.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A message in protobuf's wire format, read without its schema: numbers, and bytes that may be texts or messages. */
public record ProtoFields(Map<Integer, List<Object>> fields) {
    /** Reads a message. */
    public static ProtoFields read(ByteString bytes) {
        Map<Integer, List<Object>> fields = new TreeMap<>();
        try {
            CodedInputStream in = bytes.newCodedInput();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                fields.computeIfAbsent(WireFormat.getTagFieldNumber(tag), number -> new ArrayList<>())
                        .add(switch (WireFormat.getTagWireType(tag)) {
                            case WireFormat.WIRETYPE_VARINT -> in.readInt64();
                            case WireFormat.WIRETYPE_FIXED32 -> in.readFloat();
                            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.readBytes();
                            default -> throw new IOException("tag " + tag);
                        });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProtoFields(fields);
    }

    /** Whether the field is there. */
    public boolean has(int field) {
        return fields.containsKey(field);
    }

    /** The messages of a repeated field. */
    public List<ProtoFields> messages(int field) {
        return all(field).stream().map(value -> read((ByteString) value)).toList();
    }

    /** The one message of a field. */
    public ProtoFields message(int field) {
        return read((ByteString) one(field));
    }

    public List<String> texts(int field) {
        return all(field).stream().map(value -> ((ByteString) value).toStringUtf8()).toList();
    }

    public String text(int field) {
        return ((ByteString) one(field)).toStringUtf8();
    }

    public List<Long> integers(int field) {
        return all(field).stream().map(value -> (Long) value).toList();
    }

    public long integer(int field) {
        return (Long) one(field);
    }

    public ByteString bytes(int field) {
        return (ByteString) one(field);
    }

    private List<Object> all(int field) {
        return fields.getOrDefault(field, List.of());
    }

    private Object one(int field) {
        if (all(field).size() != 1) {
            throw new IllegalArgumentException("field " + field + " is there " + all(field).size() + " times");
        }
        return all(field).get(0);
    }
}
