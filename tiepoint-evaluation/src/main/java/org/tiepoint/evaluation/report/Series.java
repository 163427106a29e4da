package org.tiepoint.evaluation.report;

/** Colours and dashes of the page's style sheet: eight colours, four dashes. */
final class Series {
    private static final int COLOURS = 8;
    private static final int DASHES = 4;

    private Series() {}

    /** The classes of a series, from 0; they repeat after 32. */
    static String style(int series) {
        return "c" + series % COLOURS + " d" + (series + series / COLOURS) % DASHES;
    }

    /** A short line in the colour and dashes of a series. */
    static void sample(Markup markup, int series) {
        markup.open("svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 30 10", "class", "sample")
                .shape("path", "class", "curve " + style(series), "d", "M1 5H29").close();
    }
}
