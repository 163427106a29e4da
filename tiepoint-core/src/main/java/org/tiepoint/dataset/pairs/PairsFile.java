package org.tiepoint.dataset.pairs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.file.AtomicFile;

/**
 * Pairs of images as text, a line a pair: two names with a blank between them. hloc reads and writes this form, and
 * COLMAP imports it as a list of pairs to match. Blank lines, lines that begin with # and fields after the second are
 * ignored; names cannot hold white space.
 */
public final class PairsFile {
    private PairsFile() {}

    /**
     * Reads a list; a pair that comes twice is kept twice.
     *
     * @throws DatasetException naming the line, when it has one name only or one image twice; when there is no such
     *                          file
     */
    public static List<NamePair> read(Path file) throws IOException {
        List<NamePair> pairs = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file),
                StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    pairs.add(pair(file, number, text.split("\\s+", 3)));
                }
            }
        } catch (NoSuchFileException e) {
            throw new DatasetException(file, "", "no such file: a list of pairs has two image names a line");
        }
        return pairs;
    }

    private static NamePair pair(Path file, int number, String[] fields) throws DatasetException {
        if (fields.length < 2) {
            throw new DatasetException(file, "line " + number, "has one name and needs two: write the names of both"
                    + " images, with a blank between them");
        }
        if (fields[0].equals(fields[1])) {
            throw new DatasetException(file, "line " + number, "pairs an image with itself: remove the line");
        }
        return new NamePair(fields[0], fields[1]);
    }

    /**
     * Writes a list, whole or not at all.
     *
     * @throws DatasetException when a name holds white space or begins with #, which the form cannot tell
     */
    public static void write(Path file, List<NamePair> pairs) throws IOException {
        StringBuilder text = new StringBuilder();
        for (NamePair pair : pairs) {
            requirePlain(file, pair.first());
            requirePlain(file, pair.second());
            text.append(pair.first()).append(' ').append(pair.second()).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    private static void requirePlain(Path file, String name) throws DatasetException {
        if (name.isEmpty() || name.startsWith("#") || name.chars().anyMatch(Character::isWhitespace)) {
            throw new DatasetException(file, "", "cannot list image '" + name + "': names in a list of pairs must not"
                    + " hold white space or begin with #; rename the image");
        }
    }
}
