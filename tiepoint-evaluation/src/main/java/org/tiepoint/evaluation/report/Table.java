package org.tiepoint.evaluation.report;

import java.util.List;
import java.util.Locale;

/**
 * Rows of cells under a header. The first column names the row.
 *
 * @param caption above the table
 * @param header  of every column
 * @param rows    as many cells each
 */
public record Table(String caption, List<String> header, List<Row> rows) {
    /** A row without a series. */
    public static final int NO_SERIES = -1;

    public Table {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.cells().size() != header.size() - 1) {
                throw new IllegalArgumentException("row " + row.name() + " has " + row.cells().size()
                        + " cells beside its name in a table of " + header.size() + " columns");
            }
        }
    }

    /**
     * A line of the table.
     *
     * @param name   in the first column
     * @param series shown as a sample of its line before the name; {@link #NO_SERIES} for none
     * @param cells  the other columns
     */
    public record Row(String name, int series, List<Cell> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A number, or a word.
     *
     * @param text     what stands there
     * @param interval below it in small print, or other details; may be empty
     * @param best     whether it is set off
     */
    public record Cell(String text, String interval, boolean best) {
        /** Text alone. */
        public static Cell of(String text) {
            return new Cell(text, "", false);
        }

        /** A number with so many decimal places, and the ends of its interval. */
        public static Cell of(int places, double value, double low, double high) {
            return new Cell(number(places, value), number(places, low) + "\u2013" + number(places, high), false);
        }

        /** The same, set off. */
        public Cell asBest() {
            return new Cell(text, interval, true);
        }

        private static String number(int places, double value) {
            return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + places + "f", value) : "\u2013";
        }
    }

    /** The table; a narrow page scrolls it sideways. */
    public String html() {
        Markup html = new Markup().open("div", "class", "scroll").open("table").line();
        html.element("caption", caption).open("thead").open("tr");
        header.forEach(text -> html.element("th", text, "scope", "col"));
        html.close().close().line().open("tbody").line();
        for (Row row : rows) {
            html.open("tr").open("th", "scope", "row");
            if (row.series() != NO_SERIES) {
                Series.sample(html, row.series());
            }
            html.text(row.name()).close();
            for (Cell cell : row.cells()) {
                html.open("td");
                html.element(cell.best() ? "strong" : "span", cell.text());
                if (!cell.interval().isEmpty()) {
                    html.element("small", cell.interval());
                }
                html.close();
            }
            html.close().line();
        }
        return html.close().close().close().line().toString();
    }
}
