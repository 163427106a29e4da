package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {
    @Test
    void textStandsLeftAndNumbersRight() {
        MarkdownTable table = new MarkdownTable(1, "name", "value");
        table.row(List.of("a|b", "1"));
        table.row(List.of("longer", "123456"));
        assertEquals("""
                | name   |  value |
                | ------ | -----: |
                | a\\|b   |      1 |
                | longer | 123456 |
                """, table.toString());
    }

    @Test
    void everyRowHasAllColumns() {
        MarkdownTable table = new MarkdownTable(1, "name", "value");
        assertThrows(IllegalArgumentException.class, () -> table.row(List.of("a")));
    }
}
