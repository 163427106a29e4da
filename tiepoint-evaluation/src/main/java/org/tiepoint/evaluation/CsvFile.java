package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.tiepoint.file.AtomicFile;

/** Tables as comma-separated values (RFC 4180, lines that end in a line feed). */
public final class CsvFile {
    private CsvFile() {}

    /** Writes lines of fields, whole or not at all. */
    public static void write(Path file, List<List<String>> lines) throws IOException {
        AtomicFile.write(file, out -> {
            for (List<String> line : lines) {
                out.write((String.join(",", line.stream().map(CsvFile::quoted).toList()) + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** A number with all its digits; inf where it is infinite. */
    public static String number(double value) {
        return Double.isInfinite(value) ? "inf" : Double.toString(value);
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
