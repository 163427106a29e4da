package org.tiepoint.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class MarkupTest {
    @Test
    void textComesBackAsItWas() {
        String odd = "<script>alert('a & \"b\"')</script> ü\uD83D\uDE00";
        Element element = Xml.parse(new Markup().element("p", odd, "title", odd).toString()).getDocumentElement();
        assertEquals(odd, element.getTextContent());
        assertEquals(odd, element.getAttribute("title"));
    }

    @Test
    void replacesWhatXmlForbids() {
        assertEquals("a\uFFFDb\uFFFDc\tz", Markup.escape("a\u0000b\uFFFFc\tz"));
    }

    @Test
    void anOpenElementIsNoPage() {
        assertThrows(IllegalStateException.class, () -> new Markup().open("p").toString());
    }

    @Test
    void coordinatesAreShort() {
        assertEquals("3", Markup.at(3.04));
        assertEquals("-0.5", Markup.at(-0.46));
    }
}
