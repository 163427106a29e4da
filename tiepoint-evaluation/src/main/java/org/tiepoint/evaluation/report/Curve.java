package org.tiepoint.evaluation.report;

/**
 * A line of a chart. Arrays are shared, not copied.
 *
 * @param name   what it shows
 * @param series colour and dashes, the same for the same thing in all charts of a page, from 0; {@link #BACKGROUND} is
 *               drawn grey behind the others, with its name at its end
 * @param x      ascending
 * @param y      as many
 * @param low    lower ends of intervals, as many as x, or none
 * @param high   upper ends, as many as low
 * @param dots   whether the values are marked
 */
public record Curve(String name, int series, double[] x, double[] y, double[] low, double[] high, boolean dots) {
    /** Not a series of its own. */
    public static final int BACKGROUND = -1;

    private static final double[] NONE = {};

    public Curve {
        if (x.length != y.length || low.length != high.length || low.length != 0 && low.length != x.length) {
            throw new IllegalArgumentException("curve " + name + " has " + x.length + " x, " + y.length + " y, "
                    + low.length + " low and " + high.length + " high values");
        }
    }

    /** A grey one behind the others. */
    public static Curve background(String name, double[] x, double[] y) {
        return new Curve(name, BACKGROUND, x, y, NONE, NONE, false);
    }

    /** A line through many values. */
    public static Curve line(String name, int series, double[] x, double[] y) {
        return new Curve(name, series, x, y, NONE, NONE, false);
    }

    /** Values with their intervals, a dot each. */
    public static Curve dotted(String name, int series, double[] x, double[] y, double[] low, double[] high) {
        return new Curve(name, series, x, y, low, high, true);
    }

    boolean isBackground() {
        return series == BACKGROUND;
    }
}
