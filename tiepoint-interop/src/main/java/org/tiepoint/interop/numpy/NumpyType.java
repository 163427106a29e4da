package org.tiepoint.interop.numpy;

/** The number formats of arrays, with numpy's codes. */
public enum NumpyType {
    /** float32. */
    FLOAT32("f4"),
    /** float64. */
    FLOAT64("f8"),
    /** int64. */
    INT64("i8"),
    /** int32. */
    INT32("i4"),
    /** uint8. */
    UINT8("u1"),
    /** bool: one byte, 0 or 1. */
    BOOL("b1");

    private final String code;

    NumpyType(String code) {
        this.code = code;
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
