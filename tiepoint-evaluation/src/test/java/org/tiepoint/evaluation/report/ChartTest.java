package org.tiepoint.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ChartTest {
    private static final Axis PIXELS = new Axis("pixels", 0, 10, 2);
    private static final double[] X = {0, 5, 10};

    @Test
    void pointsStandWhereTheAxesSay() {
        Curve curve = Curve.dotted("a<b", 9, X, new double[] {0, 0.5, 1}, new double[] {0, 0.4, 0.9}, new double[] {
            0.1, 0.6, 1});
        Document svg = Xml.parse(new Chart("MMA", PIXELS, Axis.share("share"), List.of(curve)).svg(true));
        List<Element> dots = Xml.elements(svg, "circle", "dot");
        assertEquals(List.of("56", "241", "426"), dots.stream().map(dot -> dot.getAttribute("cx")).toList());
        assertEquals(List.of("256", "145", "34"), dots.stream().map(dot -> dot.getAttribute("cy")).toList());
        assertEquals("dot c1 d2", dots.get(0).getAttribute("class"));
        assertEquals("a<b: 0.5 (0.4 to 0.6) at 5", dots.get(1).getTextContent());
        assertEquals("M56 256L241 145L426 34", Xml.elements(svg, "path", "curve").get(0).getAttribute("d"));
        assertEquals("M56 233.8L241 122.8L426 34L426 56.2L241 167.2L56 256Z",
                Xml.elements(svg, "path", "band").get(0).getAttribute("d"));
    }

    @Test
    void bandsAreLeftOutWhereTheyWouldCoverOneAnother() {
        for (int count : new int[] {4, 5}) {
            List<Curve> curves = IntStream.range(0, count).mapToObj(i -> Curve.dotted("curve " + i, i, X,
                    new double[] {0, 0.5, 1}, new double[] {0, 0.4, 0.9}, new double[] {0.1, 0.6, 1})).toList();
            Document svg = Xml.parse(new Chart("MMA", PIXELS, Axis.share("share"), curves).svg(true));
            assertEquals(count == 4 ? 4 : 0, Xml.elements(svg, "path", "band").size());
            assertEquals(count, Xml.elements(svg, "path", "curve").size());
        }
    }

    @Test
    void valuesBeyondTheAxesStandAtTheirEnds() {
        Curve curve = Curve.line("high", 0, X, new double[] {-1, 2, 0});
        Document svg = Xml.parse(new Chart("MMA", PIXELS, Axis.share(""), List.of(curve)).svg(true));
        assertEquals("M56 256L241 34L426 256", Xml.elements(svg, "path", "curve").get(0).getAttribute("d"));
    }

    @Test
    void greyNamesDoNotOverlap() {
        List<Curve> curves = IntStream.range(0, 18).mapToObj(i -> Curve.background("method " + i, X, new double[] {0,
            0.5, 0.9 + 0.001 * i})).toList();
        Document svg = Xml.parse(new Chart("MMA", PIXELS, Axis.share(""), curves).svg(true));
        double[] places = Xml.elements(svg, "text", "name").stream().mapToDouble(name -> Double.parseDouble(
                name.getAttribute("y"))).toArray();
        assertEquals(18, places.length);
        for (int i = 1; i < places.length; i++) {
            assertTrue(places[i] - places[i - 1] > 10.8, Arrays.toString(places));
        }
        assertTrue(places[17] < 300 - 40, Arrays.toString(places));
        assertEquals("method 17", Xml.elements(svg, "text", "name").get(0).getTextContent());
    }

    @Test
    void greyCurvesLieBehind() {
        Chart chart = new Chart("MMA", PIXELS, Axis.share(""), List.of(Curve.line("ours", 0, X, X),
                Curve.background("theirs", X, X)));
        List<Element> drawn = Xml.elements(Xml.parse(chart.svg(true)), "path", "curve");
        assertEquals(List.of("curve behind", "curve c0 d0"), drawn.stream().map(e -> e.getAttribute("class")).toList());
    }
}
