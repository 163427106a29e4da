package org.tiepoint.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tiepoint.evaluation.Estimate;
import org.tiepoint.evaluation.Measures;
import org.tiepoint.evaluation.report.MeasureTable.Column;
import org.tiepoint.evaluation.report.MeasureTable.Line;
import org.tiepoint.evaluation.report.MeasureTable.Order;
import org.tiepoint.evaluation.report.Table.Row;

class MeasureTableTest {
    @Test
    void setsOffTheBestAndItsEquals() {
        List<Column> columns = List.of(Column.share("MMA@3", "mma", 3), Column.of("error", "error", 1, Order.LOWER),
                Column.of("matches", "matches", 0, Order.NEITHER));
        Table table = MeasureTable.of("c", columns, List.of(line("a", 0.50004, 7, 10), line("b", 0.5, 3, 20),
                line("c", 0.4, 9, 30)));
        assertEquals(List.of("true false false", "true true false", "false false false"), table.rows().stream()
                .map(row -> best(row)).toList());
        assertEquals("0.500", table.rows().get(0).cells().get(0).text());
        assertEquals("0.400\u20130.600", table.rows().get(0).cells().get(0).interval());
    }

    private static String best(Row row) {
        return String.join(" ", row.cells().stream().map(cell -> Boolean.toString(cell.best())).toList());
    }

    private static Line line(String name, double mma, double error, double matches) {
        return new Line(name, 0, new Measures(4, Map.of("mma", Map.of("3", new Estimate(mma, 0.4, 0.6)), "error",
                Map.of("", new Estimate(error, 0, 1)), "matches", Map.of("", new Estimate(matches, 0, 1)))));
    }
}
