package org.tiepoint.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.estimate.PointPairs;
import org.tiepoint.image.Image;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PageTest {
    private static final double[] X = {1, 2};

    @Test
    void isOneWellFormedFileWithoutOutsideReferences(@TempDir Path folder) throws IOException {
        PairImages images = PairImages.of("pair-1", new Image(40, 30, new byte[3600]), new Image(20, 40,
                new byte[2400]));
        PointPairs matches = new PointPairs(new double[] {1, 2, 10, 20}, new double[] {3, 4, 5, 6});
        Chart chart = new Chart("MMA", new Axis("pixels", 1, 2, 1), Axis.share(""), List.of(Curve.line("<sift>", 0, X,
                X), Curve.line("orb", 1, X, X), Curve.background("published", X, X)));
        Page page = new Page("A & B {{body}}", "Lead <b>").heading("Set \"x\"").paragraph("Some text.")
                .charts(List.of(chart, chart)).table(new Table("T", List.of("a"), List.of()))
                .foldedTable("more", new Table("T", List.of("a"), List.of()))
                .pictures(List.of(new PairPicture(images, "<sift>", "2 matches", matches, new boolean[] {true, false}),
                        new PairPicture(images, "orb", "2 matches", matches, new boolean[] {true, true})))
                .facts(Map.of("processor", "a<b")).command("tiepoint evaluate homography 'a b' && true");
        Path file = folder.resolve("report.html");
        page.write(file);
        String text = Files.readString(file);
        assertFalse(text.matches("(?s).*(https?://(?!www\\.w3\\.org/)|src=|url\\(|@import|<script).*"), text);
        Document html = Xml.parse(text);
        assertEquals("A & B {{body}}", Xml.elements(html, "title", "").get(0).getTextContent());
        assertEquals(List.of("<sift>", "orb"), Xml.elements(html, "li", "").stream().map(Element::getTextContent)
                .toList());
        assertEquals(2, Xml.elements(html, "svg", "chart").size());
        assertEquals(2, Xml.elements(html, "image", "").size(), "two pictures share the pair's images");
        assertTrue(Xml.elements(html, "image", "").get(0).getAttribute("href").startsWith("data:image/jpeg;base64,"));
        assertEquals(List.of("#pair-1", "#pair-1"), Xml.elements(html, "use", "").stream()
                .map(use -> use.getAttribute("href")).toList());
        assertEquals("M1.5 2.5L51.5 4.5", Xml.elements(html, "path", "correct").get(0).getAttribute("d"));
        assertEquals("M10.5 20.5L53.5 6.5", Xml.elements(html, "path", "wrong").get(0).getAttribute("d"));
        assertEquals("", Xml.elements(html, "path", "wrong").get(1).getAttribute("d"));
        assertEquals("tiepoint evaluate homography 'a b' && true", Xml.elements(html, "pre", "").get(0)
                .getTextContent());
    }

    @Test
    void manyMatchesAreThinnedAndLargeImagesShrunk() {
        PairImages images = PairImages.of("large", new Image(3000, 1000, new byte[9_000_000]), new Image(1000, 1500,
                new byte[4_500_000]));
        assertTrue(images.width() <= 1000 && images.height() == 372, images.width() + "x" + images.height());
        int n = 1001;
        boolean[] correct = new boolean[n];
        for (int i = 0; i < n; i += 3) {
            correct[i] = true;
        }
        Document html = Xml.parse(new PairPicture(images, "many", "", new PointPairs(new double[2 * n],
                new double[2 * n]), correct).html());
        int right = Xml.elements(html, "path", "correct").get(0).getAttribute("d").split("M").length - 1;
        int wrong = Xml.elements(html, "path", "wrong").get(0).getAttribute("d").split("M").length - 1;
        assertEquals(200, right + wrong);
        assertEquals(1 / 3.0, (double) right / (right + wrong), 0.1);
    }
}
