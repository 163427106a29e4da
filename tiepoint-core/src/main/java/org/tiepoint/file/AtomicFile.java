package org.tiepoint.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a file that is either whole or not there: into a temporary file of the same folder, forced to the disk and
 * then moved over the target. When anything fails, the file that was there before is untouched. Threads and processes
 * may write the same target at once: the last one to finish wins.
 */
public final class AtomicFile {
    private static final AtomicLong COUNTER = new AtomicLong();

    private AtomicFile() {}

    /** What goes into the file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything; the stream is buffered, and closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes the target, replacing a file of that name.
     *
     * @param target  a file in a folder that exists
     * @param content called once
     * @throws IOException naming the target and the cause (disk full, no such folder, no permission)
     */
    public static void write(Path target, Content content) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw new IOException("cannot write " + target + ": it is a folder; give the name of a file");
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException("cannot write " + target + ": there is no folder " + folder);
        }
        String prefix = "." + target.getFileName() + ".";
        Path temporary = folder.resolve(prefix + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet()
                + ".tmp");
        try {
            deleteLeftovers(folder, prefix);
            writeThrough(temporary, content);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(folder);
        } catch (IOException e) {
            deleteQuietly(temporary);
            String cause = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new IOException("cannot write " + target + ": " + cause
                    + (Files.exists(target) ? "; the file that was there is unchanged" : ""), e);
        } catch (RuntimeException | Error e) {
            deleteQuietly(temporary);
            throw e;
        }
    }

    private static void writeThrough(Path temporary, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    /** Temporary files of this target that a killed process left behind. */
    private static void deleteLeftovers(Path folder, String prefix) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder,
                f -> f.getFileName().toString().startsWith(prefix))) {
            for (Path file : files) {
                String rest = file.getFileName().toString().substring(prefix.length());
                if (rest.matches("\\d{1,10}-\\d{1,18}\\.tmp")) {
                    long pid = Long.parseLong(rest.substring(0, rest.indexOf('-')));
                    if (ProcessHandle.of(pid).isEmpty()) {
                        deleteQuietly(file);
                    }
                }
            }
        }
    }

    /** The move itself reaches the disk; systems that cannot open a folder (Windows) need no such call. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // the file itself is whole and forced; only the time of the move is left to the system
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // a temporary file that stays behind is removed by the next write
        }
    }
}
