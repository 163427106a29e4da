package org.tiepoint.dataset;

import java.nio.file.Path;
import java.util.StringTokenizer;

/**
 * One line of a text file, split at white space. Its errors name the file, the line, the field and the value.
 *
 * @param file   the file
 * @param line   number of the line, from 1
 * @param text   the whole line without surrounding space
 * @param fields its parts
 */
record TextRecord(Path file, int line, String text, String[] fields) {
    private static final int LONGEST_QUOTE = 80;

    static TextRecord of(Path file, int line, String text) {
        StringTokenizer tokens = new StringTokenizer(text);
        String[] fields = new String[tokens.countTokens()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = tokens.nextToken();
        }
        return new TextRecord(file, line, text.strip(), fields);
    }

    int count() {
        return fields.length;
    }

    /** Checks that there are at least so many fields. */
    void requireAtLeast(int count, String layout) throws DatasetException {
        if (fields.length < count) {
            throw error("has " + fields.length + " fields and needs " + count + " (" + layout
                    + "): the file may be cut; write it again");
        }
    }

    double number(int i, String name) throws DatasetException {
        double value;
        try {
            value = Double.parseDouble(fields[i]);
        } catch (NumberFormatException e) {
            throw error(name + " is " + quoted(i) + ": it must be a finite number");
        }
        if (!Double.isFinite(value)) {
            throw error(name + " is " + value + ": it must be a finite number");
        }
        return value;
    }

    /** Fields from {@code start} on as numbers called name[0], name[1], ... */
    double[] numbers(int start, int count, String name) throws DatasetException {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = number(start + i, name + "[" + i + "]");
        }
        return values;
    }

    int integer(int i, String name) throws DatasetException {
        try {
            return Integer.parseInt(fields[i]);
        } catch (NumberFormatException e) {
            throw error(name + " is " + quoted(i) + ": it must be a whole number");
        }
    }

    long longInteger(int i, String name) throws DatasetException {
        try {
            return Long.parseLong(fields[i]);
        } catch (NumberFormatException e) {
            throw error(name + " is " + quoted(i) + ": it must be a whole number");
        }
    }

    /** A field for a message: in quotes, cut where it is long, without control characters. */
    String quoted(int i) {
        return quoted(fields[i]);
    }

    static String quoted(String value) {
        String plain = value.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST_QUOTE ? "'" + plain + "'" : "'" + plain.substring(0, LONGEST_QUOTE) + "...'";
    }

    /** The rest of the line from a field on, inner space kept: names may hold blanks. */
    String rest(int start) {
        int at = 0;
        for (int i = 0; i < start; i++) {
            at = text.indexOf(fields[i], at) + fields[i].length();
        }
        return text.substring(at).strip();
    }

    DatasetException error(String problem) {
        return new DatasetException(file, "line " + line, problem);
    }
}
