package org.tiepoint.interop.text;

import java.util.ArrayList;
import java.util.List;

/** A line of comma-separated fields (RFC 4180), without line feeds in a field. */
final class CsvLine {
    private CsvLine() {}

    /** A field, in quotes where it needs them. */
    static String field(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("'" + text.replaceAll("\\p{Cntrl}", "?") + "' has a line feed");
        }
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 && !text.startsWith("#") ? text
                : '"' + text.replace("\"", "\"\"") + '"';
    }

    /**
     * The fields of a line.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        do {
            if (at < line.length() && line.charAt(at) == '"') {
                StringBuilder field = new StringBuilder();
                int end = line.indexOf('"', at + 1);
                while (end >= 0 && end + 1 < line.length() && line.charAt(end + 1) == '"') {
                    field.append(line, at + 1, end + 1);
                    at = end + 1;
                    end = line.indexOf('"', at + 1);
                }
                if (end < 0 || end + 1 < line.length() && line.charAt(end + 1) != ',') {
                    throw new IllegalArgumentException("a quoted field does not end with a quote and a comma");
                }
                fields.add(field.append(line, at + 1, end).toString());
                at = end + 1;
            } else {
                int end = line.indexOf(',', at);
                fields.add(line.substring(at, end < 0 ? line.length() : end));
                at = end < 0 ? line.length() : end;
            }
        } while (at++ < line.length());
        return fields;
    }
}
