package org.tiepoint.interop.numpy;

/** The number formats of arrays, with numpy's codes. */
public enum NumpyType {
    /** float16: IEEE 754 half precision. */
    FLOAT16("f2"),
    /** float32. */
    FLOAT32("f4"),
    /** float64. */
    FLOAT64("f8"),
    /** int64. */
    INT64("i8"),
    /** int32. */
    INT32("i4"),
    /** int16. */
    INT16("i2"),
    /** uint32. */
    UINT32("u4"),
    /** uint16. */
    UINT16("u2"),
    /** uint8. */
    UINT8("u1"),
    /** bool: one byte, 0 or 1. */
    BOOL("b1");

    private final String code;

    NumpyType(String code) {
        this.code = code;
    }

    /** Whether the numbers have a fraction. */
    public boolean isFloating() {
        return code.charAt(0) == 'f';
    }

    /** Bytes an element. */
    public int bytes() {
        return code.charAt(1) - '0';
    }

    /** Kind and bytes without byte order, such as {@code f4}. */
    String code() {
        return code;
    }
}
