package org.tiepoint.interop.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.tiepoint.dataset.DatasetException;

/** Reads tables of matches row by row: see {@link MatchesCsvWriter}. */
public final class MatchesCsvReader {
    private static final int MAX_LINE = 10_000;

    private MatchesCsvReader() {}

    /**
     * Gives every row to the consumer, in the order of the file.
     *
     * @throws DatasetException naming the file, the line and what is wrong with it
     */
    public static void read(Path file, Consumer<MatchRow> rows) throws DatasetException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file),
                StandardCharsets.UTF_8.newDecoder()))) {
            int number = 0;
            for (String line = line(reader); line != null; line = line(reader)) {
                number++;
                try {
                    if (number > 1) {
                        rows.accept(MatchRow.of(line));
                    } else if (!line.equals(MatchRow.HEADER)) {
                        throw new IllegalArgumentException("the first line is not " + MatchRow.HEADER);
                    }
                } catch (IllegalArgumentException e) {
                    throw new DatasetException(file, "line " + number, e.getMessage() + "; write the matches again");
                }
            }
        } catch (DatasetException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new DatasetException(file, "", "there is no such file; check the path");
        } catch (CharacterCodingException e) {
            throw new DatasetException(file, "", "is no text in UTF-8; write the matches again");
        } catch (IOException e) {
            throw new DatasetException(file, "", "cannot be read: " + e.getMessage());
        }
    }

    /** The next line; null at the end. */
    private static String line(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c != '\n'; c = reader.read()) {
            if (c < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            if (line.length() == MAX_LINE) {
                throw new IOException("a line is longer than " + MAX_LINE + " characters; write the matches again");
            }
            line.append((char) c);
        }
        return line.toString();
    }
}
