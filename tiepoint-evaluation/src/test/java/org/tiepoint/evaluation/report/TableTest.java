package org.tiepoint.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tiepoint.evaluation.report.Table.Cell;
import org.tiepoint.evaluation.report.Table.Row;
import org.w3c.dom.Document;

class TableTest {
    @Test
    void namesRowsAndShowsIntervals() {
        Table table = new Table("MMA & matches", List.of("features", "MMA@3", "matches"), List.of(
                new Row("<sift>", 0, List.of(Cell.of(3, 0.5171, 0.49, 0.551).asBest(), Cell.of("812"))),
                new Row("none", Table.NO_SERIES, List.of(Cell.of(1, Double.POSITIVE_INFINITY, 0, 1), Cell.of("")))));
        Document html = Xml.parse(table.html());
        assertEquals("MMA & matches", Xml.elements(html, "caption", "").get(0).getTextContent());
        assertEquals(List.of("0.5170.490\u20130.551", "812", "\u20130.0\u20131.0", ""),
                Xml.elements(html, "td", "").stream().map(td -> td.getTextContent()).toList());
        assertEquals(1, Xml.elements(html, "strong", "").size());
        assertEquals(1, Xml.elements(html, "svg", "sample").size());
        assertEquals("<sift>", Xml.elements(html, "th", "").get(3).getTextContent());
    }

    @Test
    void refusesAShortRow() {
        assertThrows(IllegalArgumentException.class, () -> new Table("", List.of("features", "MMA"),
                List.of(new Row("sift", 0, List.of()))));
    }
}
