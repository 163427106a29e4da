package org.tiepoint.graph;

/** What a value's elements are. */
public enum ElementType {
    FLOAT32(1, Float.BYTES),
    UINT8(2, 1),
    INT8(3, 1),
    INT32(6, Integer.BYTES),
    INT64(7, Long.BYTES),
    BOOLEAN(9, 1);

    private final int code;
    private final int bytes;

    ElementType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** Its number in TensorProto.DataType. */
    int code() {
        return code;
    }

    /** Bytes an element. */
    int bytes() {
        return bytes;
    }
}
