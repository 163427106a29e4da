package org.tiepoint.benchmarks;

import java.util.Locale;

/**
 * One line of the table, as it is printed.
 *
 * @param what     was measured
 * @param measured with its unit
 * @param other    what it is compared with, and that one's value; empty where there is nothing
 * @param ratio    of the two; empty where there is nothing to compare with
 */
public record Row(String what, String measured, String other, String ratio) {
    /** A value that stands for itself. */
    static Row alone(String what, String measured) {
        return new Row(what, measured, "", "");
    }

    /** A time beside another's, which was taken in turns with it; the ratio is below 1 where ours is the shorter. */
    static Row beside(String what, Rounds.Timed ours, Rounds.Timed other) {
        return new Row(what, milliseconds(ours.median()), other.name() + ": " + milliseconds(other.median()),
                String.format(Locale.ROOT, "%.2f", ours.ratioTo(other)));
    }

    static String milliseconds(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f ms" : value < 100 ? "%.1f ms" : "%.0f ms", value);
    }
}
