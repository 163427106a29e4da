package org.tiepoint.graph;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in protobuf's wire format whose fields are written in the order in which they are added. Its size is known
 * at any time, so a message within another needs no copy of its bytes.
 */
final class ProtoMessage {
    private final List<Part> parts = new ArrayList<>();
    private int size;
    private boolean complete;

    /** Writes one field with its tag. */
    private interface Part {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    ProtoMessage integer(int field, long value) {
        return add(CodedOutputStream.computeInt64Size(field, value), out -> out.writeInt64(field, value));
    }

    ProtoMessage number(int field, float value) {
        return add(CodedOutputStream.computeFloatSize(field, value), out -> out.writeFloat(field, value));
    }

    ProtoMessage text(int field, String value) {
        return add(CodedOutputStream.computeStringSize(field, value), out -> out.writeString(field, value));
    }

    /** The array is shared until the message is written. */
    ProtoMessage bytes(int field, byte... value) {
        return add(CodedOutputStream.computeByteArraySize(field, value), out -> out.writeByteArray(field, value));
    }

    /** Adds a message, which takes no more fields from here on. */
    ProtoMessage message(int field, ProtoMessage value) {
        value.complete = true;
        int length = CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(value.size);
        return add(Math.addExact(length, value.size), out -> {
            out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(value.size);
            value.writeFields(out);
        });
    }

    /** Adds the fields of a message, which takes no more from here on, without a message around them. */
    ProtoMessage fields(ProtoMessage others) {
        others.complete = true;
        return add(others.size, others::writeFields);
    }

    /** Bytes, at most 2 GB, which is protobuf's own limit. */
    int size() {
        return size;
    }

    void writeTo(OutputStream stream) throws IOException {
        CodedOutputStream out = CodedOutputStream.newInstance(stream);
        writeFields(out);
        out.flush();
    }

    private void writeFields(CodedOutputStream out) throws IOException {
        for (Part part : parts) {
            part.writeTo(out);
        }
    }

    private ProtoMessage add(int length, Part part) {
        if (complete) {
            throw new IllegalStateException("the message is within another and takes no more fields");
        }
        size = Math.addExact(size, length);
        parts.add(part);
        return this;
    }
}
