package org.tiepoint.evaluation.report;

import java.util.Arrays;
import java.util.Locale;
import org.tiepoint.evaluation.Measures;

/** Turns measures into curves, and errors into words. */
final class Curves {
    private Curves() {}

    /** A number at several whole thresholds, with its intervals. */
    static Curve byThreshold(String name, int series, Measures measures, String measure, double[] thresholds) {
        return Curve.dotted(name, series, thresholds,
                Arrays.stream(thresholds).map(t -> measures.at(measure, (int) t).value()).toArray(),
                Arrays.stream(thresholds).map(t -> measures.at(measure, (int) t).low()).toArray(),
                Arrays.stream(thresholds).map(t -> measures.at(measure, (int) t).high()).toArray());
    }

    /** An error with its unit; an infinite one says that nothing was found. */
    static String error(double error, String unit) {
        return Double.isInfinite(error) ? "none found" : String.format(Locale.ROOT, "%.1f%s", error, unit);
    }
}
