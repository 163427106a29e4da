package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class HomographyReportTest {
    private final HomographyReport report = HomographyReport.of(List.of(
            result("i_sun", 10, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
            result("v_wall", 30, new int[] {0, 0, 3, 3, 3, 3, 3, 3, 3, 30})));

    @Test
    void theTableIsMarkdown() {
        assertEquals("""
            | sequence | descriptor | MMA@1 | @3 | @5 | @10 | correct | key points | matches | describe s | match s |
            | - | - | -: | -: | -: | -: | -: | -: | -: | -: | -: |
            | i_sun | a\\|b | 0.100 | 0.300 | 0.500 | 1.000 | 0.300 | 50 | 10 | 0.250 | 0.125 |
            | v_wall | a\\|b | 0.000 | 0.100 | 0.100 | 1.000 | 0.100 | 50 | 30 | 0.250 | 0.125 |
            | illumination | a\\|b | 0.100 | 0.300 | 0.500 | 1.000 | 0.300 | 50 | 10 | 0.250 | 0.125 |
            | viewpoint | a\\|b | 0.000 | 0.100 | 0.100 | 1.000 | 0.100 | 50 | 30 | 0.250 | 0.125 |
            | all | a\\|b | 0.050 | 0.200 | 0.300 | 1.000 | 0.150 | 50 | 20 | 0.250 | 0.125 |
            """, report.markdown().replaceAll(" +", " ").replaceAll("-+", "-"));
    }

    @Test
    void jsonHoldsEveryPair() {
        ArrayNode rows = report.json();
        assertEquals("all", rows.get(4).get("sequence").asText());
        assertEquals(0.2, rows.get(4).get("mma").get(2).asDouble(), 1e-12);
        assertEquals(2, rows.get(4).get("pairs").size());
        assertEquals(30, rows.get(1).at("/pairs/0/within/9").asInt());
    }

    private static HomographyResult result(String name, int matches, int[] within) {
        return new HomographyResult(name, "a|b", List.of(new HomographyResult.Pair(name, 2, matches, within, 0.125)),
                new DescriptionCost(2, 100, 0.5));
    }
}
