package org.tiepoint.interop.numpy;

/** IEEE 754 half precision (binary16): 1 sign bit, 5 bits of exponent, 10 of mantissa. Java has it from 20 on. */
public final class HalfPrecision {
    private static final int SMALLEST_NORMAL = 0x38800000;
    private static final int FIRST_INFINITE = 0x477ff000;
    private static final int INFINITE = 0x7f800000;

    private HalfPrecision() {}

    /** The nearest half; ties go to the even one, 65520 and more to infinity. */
    public static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude >= FIRST_INFINITE) {
            return (short) (sign | (magnitude > INFINITE ? 0x7e00 : 0x7c00));
        }
        if (magnitude < SMALLEST_NORMAL) {
            return (short) (sign | (int) Math.rint(Math.scalb(Float.intBitsToFloat(magnitude), 24)));
        }
        int rounded = magnitude + 0xfff + (magnitude >>> 13 & 1);
        return (short) (sign | rounded - 0x38000000 >>> 13);
    }

    /** The same number. */
    public static float toFloat(short half) {
        int exponent = half >>> 10 & 31;
        int mantissa = half & 1023;
        float magnitude = exponent == 0 ? Math.scalb((float) mantissa, -24)
                : exponent < 31 ? Math.scalb(1024f + mantissa, exponent - 25)
                : mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        return half < 0 ? -magnitude : magnitude;
    }
}
