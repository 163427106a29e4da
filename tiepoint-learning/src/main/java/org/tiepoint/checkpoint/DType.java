package org.tiepoint.checkpoint;

/** The number formats of stored tensors, by their safetensors names; all little-endian. */
public enum DType {
    /** IEEE 754 double. */
    F64(8),
    /** IEEE 754 float. */
    F32(4),
    /** IEEE 754 half. */
    F16(2),
    /** bfloat16: the upper half of a float. */
    BF16(2),
    /** Signed 64-bit integer. */
    I64(8),
    /** Signed 32-bit integer. */
    I32(4),
    /** Signed 16-bit integer. */
    I16(2),
    /** Signed byte. */
    I8(1),
    /** Unsigned byte. */
    U8(1),
    /** One byte, 0 or 1. */
    BOOL(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes an element. */
    public int bytes() {
        return bytes;
    }

    /** True for F64, F32, F16 and BF16. */
    public boolean isFloating() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }
}
