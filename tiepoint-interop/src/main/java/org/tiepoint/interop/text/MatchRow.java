package org.tiepoint.interop.text;

import java.util.List;

/**
 * A match with everything that a table needs.
 *
 * @param first       name of the first image
 * @param firstIndex  of the key point among those of the first image
 * @param x1          position in the first image in pixels, (0, 0) the centre of the top-left pixel
 * @param score       the higher the surer
 */
public record MatchRow(String first, String second, int firstIndex, int secondIndex, float x1, float y1, float x2,
        float y2, float score) {
    /** The first line of a table of matches. */
    public static final String HEADER = "image1,image2,index1,index2,x1,y1,x2,y2,score";

    private static final int FIELDS = 9;

    String toLine() {
        return CsvLine.field(first) + ',' + CsvLine.field(second) + ',' + firstIndex + ',' + secondIndex + ',' + x1 + ','
                + y1 + ',' + x2 + ',' + y2 + ',' + score;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static MatchRow of(String line) {
        List<String> fields = CsvLine.fields(line);
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("has " + fields.size() + " fields, expected " + FIELDS);
        }
        return new MatchRow(fields.get(0), fields.get(1), index(fields.get(2)), index(fields.get(3)),
                number(fields.get(4)), number(fields.get(5)), number(fields.get(6)), number(fields.get(7)),
                number(fields.get(8)));
    }

    private static int index(String text) {
        try {
            int index = Integer.parseInt(text);
            if (index >= 0) {
                return index;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("'" + shown(text) + "' is no index of a key point");
    }

    private static float number(String text) {
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + shown(text) + "' is no number");
        }
    }

    private static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "..." : plain;
    }
}
