package org.tiepoint.evaluation.report;

import static org.tiepoint.evaluation.report.Markup.at;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Curves over two axes, drawn as SVG, with bands for the intervals of up to four curves. Colours and dashes come from
 * the page's style sheet, so that they suit light and dark pages and paper.
 *
 * @param title  above the chart
 * @param x      horizontal
 * @param y      vertical; its label is not drawn where it is empty
 * @param curves drawn in this order, grey ones first
 */
public record Chart(String title, Axis x, Axis y, List<Curve> curves) {
    private static final int HEIGHT = 300;
    private static final int PLOT_WIDTH = 370;
    private static final int LEFT = 56;
    private static final int RIGHT = 16;
    private static final int NAMES = 116;
    private static final int TOP = 34;
    private static final int BOTTOM = 44;
    private static final double NAME_SPACING = 11;
    /** The bands of more curves cannot be told apart. */
    private static final int MOST_BANDS = 4;

    public Chart {
        curves = curves.stream().sorted(Comparator.comparing(curve -> !curve.isBackground())).toList();
    }

    /** Whether there are grey curves, whose names need room. */
    boolean hasNames() {
        return curves.stream().anyMatch(Curve::isBackground);
    }

    /**
     * The picture.
     *
     * @param names whether there is room for names at the right; charts side by side look alike when all have it
     */
    String svg(boolean names) {
        int width = LEFT + PLOT_WIDTH + (names ? NAMES : RIGHT);
        Markup svg = new Markup().open("svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox",
                "0 0 " + width + " " + HEIGHT, "role", "img", "aria-label", title, "class", "chart").line();
        svg.element("text", title, "class", "title", "x", "0", "y", "14");
        drawGrid(svg);
        for (Curve curve : curves) {
            draw(svg, curve);
        }
        drawNames(svg);
        return svg.close().line().toString();
    }

    private void drawGrid(Markup svg) {
        double right = LEFT + PLOT_WIDTH;
        double bottom = HEIGHT - BOTTOM;
        for (double tick : y.ticks()) {
            svg.shape("path", "class", tick == y.from() ? "axis" : "grid", "d", "M" + LEFT + " " + at(yOf(tick)) + "H"
                    + at(right));
            svg.element("text", y.format(tick), "class", "tick end", "x", at(LEFT - 6), "y", at(yOf(tick) + 4));
        }
        for (double tick : x.ticks()) {
            svg.shape("path", "class", "axis", "d", "M" + at(xOf(tick)) + " " + at(bottom) + "v4");
            svg.element("text", x.format(tick), "class", "tick middle", "x", at(xOf(tick)), "y", at(bottom + 17));
        }
        svg.element("text", x.label(), "class", "label middle", "x", at(LEFT + PLOT_WIDTH / 2.0), "y",
                at(HEIGHT - 8));
        if (!y.label().isEmpty()) {
            double middle = (TOP + bottom) / 2;
            svg.element("text", y.label(), "class", "label middle", "transform", "translate(10 " + at(middle)
                    + ") rotate(-90)");
        }
        svg.line();
    }

    private boolean hasBands() {
        return curves.stream().filter(curve -> curve.low().length > 0).count() <= MOST_BANDS;
    }

    private void draw(Markup svg, Curve curve) {
        String style = style(curve);
        if (curve.low().length > 0 && hasBands()) {
            StringBuilder band = new StringBuilder(path(curve.x(), curve.high()));
            for (int i = curve.x().length - 1; i >= 0; i--) {
                band.append('L').append(at(xOf(curve.x()[i]))).append(' ').append(at(yOf(curve.low()[i])));
            }
            svg.shape("path", "class", "band " + style, "d", band + "Z");
        }
        svg.open("path", "class", "curve " + style, "d", path(curve.x(), curve.y())).element("title", curve.name())
                .close().line();
        for (int i = 0; curve.dots() && i < curve.x().length; i++) {
            svg.open("circle", "class", "dot " + style, "cx", at(xOf(curve.x()[i])), "cy", at(yOf(curve.y()[i])), "r",
                    "2.6").element("title", describe(curve, i)).close();
        }
    }

    /** The value for those who point at it. */
    private String describe(Curve curve, int i) {
        String interval = curve.low().length == 0 ? "" : " (" + number(curve.low()[i]) + " to "
                + number(curve.high()[i]) + ")";
        return curve.name() + ": " + number(curve.y()[i]) + interval + " at " + number(curve.x()[i]);
    }

    private static String number(double value) {
        return Math.abs(value) >= 100 ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
    }

    /** The names of grey curves at their ends, moved apart where they would overlap. */
    private void drawNames(Markup svg) {
        List<Curve> named = new ArrayList<>(curves.stream().filter(Curve::isBackground).toList());
        named.sort(Comparator.comparingDouble(Chart::last).reversed());
        double[] places = spread(named.stream().mapToDouble(curve -> yOf(last(curve))).toArray());
        double right = LEFT + PLOT_WIDTH;
        for (int i = 0; i < places.length; i++) {
            Curve curve = named.get(i);
            svg.shape("path", "class", "leader", "d", "M" + at(xOf(curve.x()[curve.x().length - 1])) + " "
                    + at(yOf(last(curve))) + "L" + at(right + 10) + " " + at(places[i]));
            svg.element("text", curve.name(), "class", "name", "x", at(right + 12), "y", at(places[i] + 3));
        }
    }

    /** Ascending places at least a line apart, near those wanted and within the plot while there is room. */
    private static double[] spread(double[] wanted) {
        double[] places = wanted.clone();
        for (int i = 1; i < places.length; i++) {
            places[i] = Math.max(places[i], places[i - 1] + NAME_SPACING);
        }
        double lowest = HEIGHT - BOTTOM;
        for (int i = places.length - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], lowest);
            lowest = places[i] - NAME_SPACING;
        }
        return places;
    }

    private static double last(Curve curve) {
        return curve.y()[curve.y().length - 1];
    }

    private String path(double[] xs, double[] ys) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            path.append(i == 0 ? 'M' : 'L').append(at(xOf(xs[i]))).append(' ').append(at(yOf(ys[i])));
        }
        return path.toString();
    }

    private double xOf(double value) {
        return LEFT + PLOT_WIDTH * x.share(value);
    }

    private double yOf(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * y.share(value);
    }

    private static String style(Curve curve) {
        return curve.isBackground() ? "behind" : Series.style(curve.series());
    }
}
