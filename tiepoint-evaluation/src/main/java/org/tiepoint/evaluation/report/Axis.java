package org.tiepoint.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The range of one direction of a chart.
 *
 * @param label what it shows, with its unit
 * @param from  lower end
 * @param to    upper end, above the lower one
 * @param step  from one labelled value to the next, above 0; the labelled values are multiples of it
 */
public record Axis(String label, double from, double to, double step) {
    public Axis {
        if (!(to > from) || !(step > 0) || Double.isInfinite(to - from)) {
            throw new IllegalArgumentException("an axis from " + from + " to " + to + " in steps of " + step
                    + ": the end must be above the start, and the step above 0");
        }
    }

    /** Shares: 0 to 1. */
    public static Axis share(String label) {
        return new Axis(label, 0, 1, 0.2);
    }

    /** From 0 to a round number at or above the largest value, about five steps of 1, 2 or 5 times a power of ten. */
    public static Axis upTo(String label, double largest) {
        double rough = Math.max(largest, 1e-9) / 5;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough <= power ? 1 : rough <= 2 * power ? 2 : rough <= 5 * power ? 5 : 10);
        return new Axis(label, 0, step * Math.ceil(Math.max(largest, 1e-9) / step - 1e-9), step);
    }

    /** The labelled values. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** Where a value stands between the ends, 0 to 1; values beyond stand at the end. */
    double share(double value) {
        return Math.max(0, Math.min(1, (value - from) / (to - from)));
    }

    /** A value as it is labelled: as many decimal places as the step has. */
    String format(double value) {
        int places = 0;
        while (places < 6 && Math.abs(step * Math.pow(10, places) - Math.rint(step * Math.pow(10, places))) > 1e-6) {
            places++;
        }
        return String.format(Locale.ROOT, "%." + places + "f", value == 0 ? 0.0 : value).replace('-', '\u2212');
    }
}
