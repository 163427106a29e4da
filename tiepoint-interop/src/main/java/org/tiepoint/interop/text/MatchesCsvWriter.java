package org.tiepoint.interop.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.match.Matches;

/**
 * Writes matches as a table (RFC 4180, UTF-8) with the columns {@value MatchRow#HEADER}: a row a match, the matches of a
 * pair together. Indices count from 0 in the features of the image; positions are in pixels of the original image, (0, 0)
 * the centre of the top-left pixel. A pair without matches has no row.
 *
 * <p>Rows go to a part file beside the table (.NAME.part); {@link #finish} gives it the table's name. After a kill, open
 * the same file again: all pairs but the last are kept. An existing table is extended. Safe for use by several threads.
 */
public final class MatchesCsvWriter implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final Set<String> pairs = new HashSet<>();
    private FileChannel channel;

    private MatchesCsvWriter(Path target) {
        this.target = target;
        part = target.resolveSibling("." + target.getFileName() + ".part");
    }

    /**
     * Opens a table to write to.
     *
     * @throws IOException naming the file and what is wrong with it
     */
    public static MatchesCsvWriter open(Path file) throws IOException {
        MatchesCsvWriter writer = new MatchesCsvWriter(file);
        if (Files.exists(writer.part)) {
            writer.recover();
        } else if (Files.exists(file)) {
            MatchesCsvReader.read(file, row -> writer.pairs.add(key(row.first(), row.second())));
        }
        return writer;
    }

    /** Whether the pair has matches here already, in this order or the other. */
    public synchronized boolean contains(String first, String second) {
        return pairs.contains(key(first, second)) || pairs.contains(key(second, first));
    }

    /**
     * Adds a pair; no matches at all is a normal input.
     *
     * @throws IOException when the disk is full
     */
    public synchronized void write(String first, String second, Keypoints firstPoints, Keypoints secondPoints,
            Matches matches) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < matches.count(); i++) {
            int a = matches.first(i);
            int b = matches.second(i);
            rows.append(new MatchRow(first, second, a, b, firstPoints.x(a), firstPoints.y(a), secondPoints.x(b),
                    secondPoints.y(b), matches.scores()[i]).toLine()).append('\n');
        }
        append(rows.toString());
        if (matches.count() > 0) {
            pairs.add(key(first, second));
        }
    }

    /** Gives the table its name; call it when everything is written. */
    public synchronized void finish() throws IOException {
        if (channel == null && Files.exists(target)) {
            return;
        }
        append("");
        channel.force(true);
        close();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Without {@link #finish}, leaves the rows beside the table for a later run. */
    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    private void append(String rows) throws IOException {
        try {
            if (channel == null) {
                if (Files.exists(target) && !Files.exists(part)) {
                    Path copy = target.resolveSibling("." + target.getFileName() + ".copy");
                    Files.copy(target, copy, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(copy, part, StandardCopyOption.ATOMIC_MOVE);
                }
                channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                channel.position(channel.size());
                if (channel.size() == 0) {
                    channel.write(ByteBuffer.wrap((MatchRow.HEADER + "\n").getBytes(StandardCharsets.UTF_8)));
                }
            }
            ByteBuffer bytes = ByteBuffer.wrap(rows.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new IOException("cannot write " + part + ": " + e.getMessage(), e);
        }
    }

    /** Keeps the rows of all pairs but the last, which may have been cut. */
    private void recover() throws IOException {
        Path kept = target.resolveSibling("." + target.getFileName() + ".copy");
        String[] last = {""};
        StringBuilder rows = new StringBuilder(MatchRow.HEADER + "\n");
        try (FileChannel out = FileChannel.open(kept, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            try {
                MatchesCsvReader.read(part, row -> {
                    String pair = key(row.first(), row.second());
                    if (!pair.equals(last[0])) {
                        flush(out, rows);
                        if (!last[0].isEmpty()) {
                            pairs.add(last[0]);
                        }
                        last[0] = pair;
                    }
                    rows.append(row.toLine()).append('\n');
                });
            } catch (DatasetException e) {
                // the cut line; all before it was given to the consumer
            }
            if (last[0].isEmpty()) {
                flush(out, rows);
            }
        } catch (UncheckedIOException e) {
            throw new IOException("cannot write " + kept + ": " + e.getCause().getMessage(), e);
        }
        Files.move(kept, part, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void flush(FileChannel out, StringBuilder rows) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(rows.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            rows.setLength(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String first, String second) {
        return first + "\n" + second;
    }
}
