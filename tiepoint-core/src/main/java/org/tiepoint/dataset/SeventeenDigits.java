package org.tiepoint.dataset;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as C++ streams print them with 17 significant digits ({@code %.17g}), which is how COLMAP writes text. */
final class SeventeenDigits {
    private static final int DIGITS = 17;
    private static final int SMALLEST_EXPONENT = -4;
    private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

    private SeventeenDigits() {}

    /** The shorter of plain and scientific notation, without zeros at the end. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            // C's printf shows the sign of a NaN
            return Double.doubleToRawLongBits(value) < 0 ? "-nan" : "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(ROUNDING).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= SMALLEST_EXPONENT && exponent < DIGITS) {
            return rounded.toPlainString();
        }
        String digits = rounded.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** A number of a field that may be no number or infinite. */
    static double parse(TextRecord record, int field, String name) throws DatasetException {
        return switch (record.fields()[field]) {
            case "nan" -> Double.NaN;
            case "-nan" -> Double.longBitsToDouble(0xFFF8000000000000L);
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> record.number(field, name);
        };
    }
}
