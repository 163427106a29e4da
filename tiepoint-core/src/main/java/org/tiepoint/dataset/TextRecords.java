package org.tiepoint.dataset;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a text file line by line; blank lines and lines that begin with # are no records. Not thread-safe. */
final class TextRecords implements Closeable {
    private final Path file;
    private final BufferedReader reader;
    private final List<String> comments = new ArrayList<>();
    private int line;

    TextRecords(Path file) throws IOException {
        this.file = file;
        // a stream reader replaces malformed bytes: they show up in the message about the field
        this.reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    }

    static List<TextRecord> readAll(Path file) throws IOException {
        List<TextRecord> all = new ArrayList<>();
        try (TextRecords records = new TextRecords(file)) {
            for (Optional<TextRecord> record = records.next(); record.isPresent(); record = records.next()) {
                all.add(record.get());
            }
        }
        return all;
    }

    /** The next record; empty at the end of the file. */
    Optional<TextRecord> next() throws IOException {
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            line++;
            String stripped = text.strip();
            if (stripped.startsWith("#")) {
                comments.add(stripped);
            } else if (!stripped.isEmpty()) {
                return Optional.of(TextRecord.of(file, line, stripped));
            }
        }
        return Optional.empty();
    }

    /** One physical line, which may be blank; empty at the end of the file. */
    Optional<TextRecord> line() throws IOException {
        String text = reader.readLine();
        if (text == null) {
            return Optional.empty();
        }
        line++;
        return Optional.of(TextRecord.of(file, line, text));
    }

    /** Skips one physical line, blank or not; does nothing at the end of the file. */
    void skipLine() throws IOException {
        if (reader.readLine() != null) {
            line++;
        }
    }

    /** Number of the line read last, from 1. */
    int lineNumber() {
        return line;
    }

    /** The comment lines read so far. */
    List<String> comments() {
        return comments;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
