package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tiepoint.dataset.DatasetException;

/**
 * One line of a text file, split at white space. Its errors name the file, the line, the column and the value.
 *
 * @param file   the file
 * @param line   number of the line, from 1
 * @param fields the columns
 */
record NumberLine(Path file, int line, List<String> fields) {
    private static final long MAX_BYTES = 1L << 28;
    private static final int LONGEST_QUOTE = 80;

    /** The lines of a file that are not blank and do not begin with #. */
    static List<NumberLine> readAll(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new DatasetException(file, "", "has " + Files.size(file) + " bytes, and no such list has more than "
                    + MAX_BYTES + ": give the right file");
        }
        // malformed bytes become replacement characters: they show up in the message about the column
        String[] lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\\R", -1);
        List<NumberLine> all = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            String stripped = lines[i].strip();
            if (!stripped.isEmpty() && stripped.charAt(0) != '#') {
                all.add(new NumberLine(file, i + 1, List.of(stripped.split("\\s+"))));
            }
        }
        return all;
    }

    /** Checks that there are exactly so many columns. */
    void requireColumns(int count, String layout) throws DatasetException {
        if (fields.size() != count) {
            throw new DatasetException(file, "line " + line, "has " + fields.size() + " columns and needs " + count
                    + " (" + layout + "): the file may be cut; write it again");
        }
    }

    /**
     * Finite numbers from a column on.
     *
     * @param start index of the first, from 0
     * @param name  what messages call them: name[0], name[1], ...
     */
    double[] numbers(int start, int count, String name) throws DatasetException {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            try {
                values[i] = Double.parseDouble(fields.get(start + i));
            } catch (NumberFormatException e) {
                throw error(start + i, name + "[" + i + "]", "it must be a finite number");
            }
            if (!Double.isFinite(values[i])) {
                throw error(start + i, name + "[" + i + "]", "it must be a finite number");
            }
        }
        return values;
    }

    /** An error about one column, counted from 0 here and from 1 in the message. */
    DatasetException error(int column, String name, String remedy) {
        String value = fields.get(column).replaceAll("\\p{Cntrl}", "?");
        return new DatasetException(file, "line " + line + ", column " + (column + 1), name + " is '"
                + (value.length() <= LONGEST_QUOTE ? value : value.substring(0, LONGEST_QUOTE) + "...") + "': "
                + remedy);
    }
}
