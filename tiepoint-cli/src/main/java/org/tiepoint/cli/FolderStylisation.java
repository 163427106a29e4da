package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Future;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageException;
import org.tiepoint.image.ImageReader;
import org.tiepoint.stylise.StylisedFolder;
import org.tiepoint.stylise.Styliser;
import org.tiepoint.task.Workers;
import picocli.CommandLine;

/**
 * Stylises every photo of a folder that has no copy yet, several at a time. A photo's draw follows from the seed and
 * its name alone, so it does not matter where an earlier run stopped.
 *
 * @param photos   to copy
 * @param folder   of the copies
 * @param styliser makes them
 * @param seed     of all draws
 */
record FolderStylisation(ImageFolder photos, StylisedFolder folder, Styliser styliser, long seed) {

    /** How many photos were stylised, were there already, and could not be read. */
    record Summary(int stylised, int skipped, int failed) {}

    Summary run(int threads, Progress progress, CommandLine line) throws IOException {
        int skipped = 0;
        int failed = 0;
        Workers workers = new Workers(threads, "tiepoint-stylise");
        try {
            Deque<Future<Optional<ImageException>>> ahead = new ArrayDeque<>();
            for (String name : photos.names()) {
                if (folder.find(photos.file(name)).isPresent()) {
                    skipped++;
                    progress.skip(1);
                    continue;
                }
                ahead.add(workers.submit(() -> stylise(name)));
                if (ahead.size() > 2 * threads) {
                    failed += finish(ahead.remove(), progress, line);
                }
            }
            while (!ahead.isEmpty()) {
                failed += finish(ahead.remove(), progress, line);
            }
        } finally {
            // the styliser is closed after this
            workers.closeAndWait();
        }
        return new Summary(photos.names().size() - skipped - failed, skipped, failed);
    }

    /** A seed for one photo. */
    static long seed(long seed, String name) {
        return seed * 0x9e3779b97f4a7c15L ^ name.hashCode() * 0xd1b54a32d192ed03L;
    }

    /** Gives back what is wrong with the photo's file, if anything. */
    private Optional<ImageException> stylise(String name) throws IOException {
        Path file = photos.file(name);
        Image photo;
        try {
            photo = ImageReader.read(file);
        } catch (ImageException e) {
            return Optional.of(e);
        }
        Files.createDirectories(folder.copyOf(file).toAbsolutePath().getParent());
        folder.write(styliser.stylise(photo, seed(seed, name)), file);
        return Optional.empty();
    }

    private static int finish(Future<Optional<ImageException>> future, Progress progress, CommandLine line)
            throws IOException {
        Optional<ImageException> failure = Workers.await(future);
        failure.ifPresent(e -> progress.note("tiepoint: " + new Failure(e, line).line()));
        progress.step();
        return failure.isPresent() ? 1 : 0;
    }
}
