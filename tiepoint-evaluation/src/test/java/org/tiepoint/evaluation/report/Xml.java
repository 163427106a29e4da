package org.tiepoint.evaluation.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads what the report writes as XML: what is not well-formed fails the test. */
final class Xml {
    private Xml() {}

    static Document parse(String text) {
        try {
            DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(text)));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError(e.getMessage() + " in " + text, e);
        }
    }

    /** Elements of a tag whose class attribute has this word; any where the word is empty. */
    static List<Element> elements(Document document, String tag, String word) {
        NodeList nodes = document.getElementsByTagName(tag);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Element element = (Element) nodes.item(i);
            if (word.isEmpty() || List.of(element.getAttribute("class").split(" ")).contains(word)) {
                found.add(element);
            }
        }
        return found;
    }
}
