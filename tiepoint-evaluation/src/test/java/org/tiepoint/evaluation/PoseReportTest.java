package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tiepoint.estimate.PoseError;

class PoseReportTest {
    private final PoseReport report = new PoseReport(List.of(new PoseResult("town", "rootsift", List.of(
            new PoseResult.Pair("a", "b", 10, 4, Optional.of(new PoseError(1, 2)), 0.5, 0.1),
            new PoseResult.Pair("a", "c", 30, 0, Optional.empty(), 0.5, 0.1)), new DescriptionCost(3, 90, 0.75))));

    @Test
    void theTableIsMarkdown() {
        assertEquals("""
                | set (pairs) | descriptor | AUC@5 | @10 | @20 | correct | key points | matches | describe s | match s |
                | - | - | -: | -: | -: | -: | -: | -: | -: | -: |
                | town (2) | rootsift | 0.400 | 0.450 | 0.475 | 0.100 | 30 | 20 | 0.250 | 0.500 |
                """, report.markdown().replaceAll(" +", " ").replaceAll("-+", "-"));
    }

    @Test
    void jsonHoldsEveryPair() {
        ArrayNode rows = report.json();
        assertEquals(0.4, rows.at("/0/auc5").asDouble(), 1e-12);
        assertEquals(2, rows.at("/0/pairs/0/translationDegrees").asDouble());
        assertTrue(rows.at("/0/pairs/1/rotationDegrees").isNull());
    }
}
