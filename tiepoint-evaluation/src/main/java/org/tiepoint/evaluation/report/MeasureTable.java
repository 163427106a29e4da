package org.tiepoint.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.tiepoint.evaluation.Estimate;
import org.tiepoint.evaluation.Measures;
import org.tiepoint.evaluation.report.Table.Cell;
import org.tiepoint.evaluation.report.Table.Row;

/** A table of numbers with their intervals, a row by features; the best number of a column is set off. */
final class MeasureTable {
    private MeasureTable() {}

    /** Whether more is better. */
    enum Order {
        HIGHER, LOWER, NEITHER
    }

    /**
     * A column.
     *
     * @param title   above it
     * @param measure name in {@link Measures}
     * @param key     threshold, or empty
     * @param places  decimal places
     * @param order   what is best
     */
    record Column(String title, String measure, String key, int places, Order order) {
        static Column share(String title, String measure, int threshold) {
            return new Column(title, measure, Integer.toString(threshold), 3, Order.HIGHER);
        }

        static Column of(String title, String measure, int places, Order order) {
            return new Column(title, measure, "", places, order);
        }

        Estimate in(Measures measures) {
            return measures.values().getOrDefault(measure, Map.of()).getOrDefault(key,
                    new Estimate(Double.NaN, Double.NaN, Double.NaN));
        }
    }

    /**
     * A row.
     *
     * @param series the same as in the charts
     */
    record Line(String name, int series, Measures measures) {}

    static Table of(String caption, List<Column> columns, List<Line> lines) {
        List<String> header = new ArrayList<>(List.of("features"));
        columns.forEach(column -> header.add(column.title()));
        List<Row> rows = new ArrayList<>();
        for (Line line : lines) {
            rows.add(new Row(line.name(), line.series(), columns.stream().map(column -> cell(column, line, lines))
                    .toList()));
        }
        return new Table(caption, header, rows);
    }

    private static Cell cell(Column column, Line line, List<Line> lines) {
        Estimate estimate = column.in(line.measures());
        Cell cell = Cell.of(column.places(), estimate.value(), estimate.low(), estimate.high());
        return lines.size() > 1 && isBest(column, estimate.value(), lines) ? cell.asBest() : cell;
    }

    /** As far as it can be seen: equal after rounding counts as equal. */
    private static boolean isBest(Column column, double value, List<Line> lines) {
        ToDoubleFunction<Line> number = line -> column.in(line.measures()).value();
        double best = switch (column.order()) {
            case HIGHER -> lines.stream().mapToDouble(number).max().orElseThrow();
            case LOWER -> lines.stream().mapToDouble(number).min().orElseThrow();
            case NEITHER -> Double.NaN;
        };
        return !Double.isNaN(best) && rounded(column, value).equals(rounded(column, best));
    }

    private static String rounded(Column column, double value) {
        return String.format(Locale.ROOT, "%." + column.places() + "f", value);
    }
}
