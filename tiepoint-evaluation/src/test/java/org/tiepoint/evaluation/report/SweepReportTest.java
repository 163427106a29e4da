package org.tiepoint.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tiepoint.evaluation.Estimate;
import org.tiepoint.evaluation.Machine;
import org.tiepoint.evaluation.Measures;
import org.tiepoint.evaluation.sweep.Photos;
import org.tiepoint.evaluation.sweep.SweepKind;
import org.tiepoint.evaluation.sweep.SweepResult;
import org.tiepoint.evaluation.sweep.SweepResult.FeatureSweeps;
import org.tiepoint.evaluation.sweep.SweepResult.Level;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SweepReportTest {
    @Test
    void hasCurvesAndTablesOfEveryKind() throws IOException {
        SweepResult result = new SweepResult(new Photos(Path.of("photos"), List.of("a<1>.jpg")), Map.of(),
                List.of(features("sift", 0.5), features("<orb>", 0.25)), new Machine("cpu & co", 2, "Linux"), Map.of());
        Document html = Xml.parse(SweepReport.page(result, "tiepoint evaluate sweep photos").html());
        assertEquals(List.of("Rotation", "Scale", "Exposure", "Blur", "Photos", "How this was made"),
                Xml.elements(html, "h2", "").stream().map(Element::getTextContent).toList());
        assertEquals(4 * 6, Xml.elements(html, "svg", "chart").size());
        assertEquals(4 * 6 * 2, Xml.elements(html, "path", "band").size());
        assertEquals("<orb>: 0.25 (0 to 1) at 15", Xml.elements(html, "circle", "c1").get(1).getTextContent());
        assertEquals(4 * 3, Xml.elements(html, "table", "").size());
    }

    private static FeatureSweeps features(String name, double mma) {
        Map<SweepKind, List<Level>> sweeps = new LinkedHashMap<>();
        for (SweepKind kind : SweepKind.values()) {
            sweeps.put(kind, kind.levels().stream().map(level -> new Level(level, measures(mma))).toList());
        }
        return new FeatureSweeps(name, Map.of(), sweeps, List.of());
    }

    private static Measures measures(double mma) {
        Estimate share = new Estimate(mma, 0, 1);
        Map<String, Estimate> byPixels = Map.of("1", share, "3", share, "5", share);
        Map<String, Estimate> correct = Map.of("1", share, "3", new Estimate(40, 10, 80), "5", share);
        return new Measures(1, Map.of("mma", byPixels, "correct", correct, "repeatability", Map.of("", share),
                "matches", Map.of("", new Estimate(90, 80, 100))));
    }
}
