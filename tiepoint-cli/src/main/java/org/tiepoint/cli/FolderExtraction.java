package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageException;
import org.tiepoint.image.ImageReader;
import org.tiepoint.task.Workers;
import picocli.CommandLine;

/**
 * Extracts the features of images that have none yet, an image a processor at a time, and keeps them in the order of
 * the names; images that cannot be read are reported and left out. A few images are in memory at once, however many
 * there are.
 */
final class FolderExtraction {
    /** How many images. */
    record Summary(int extracted, int skipped, int failed) {}

    private record Found(Image image, Features features) {}

    private record Pending(String name, Future<Found> result) {}

    private FolderExtraction() {}

    /** @param extractor whose class says that threads may share it, as all do */
    static Summary run(Path images, List<String> names, FeatureSink sink, Extractor extractor, Progress progress,
            CommandLine line) throws IOException {
        int failed = 0;
        int skipped = 0;
        int threads = Runtime.getRuntime().availableProcessors();
        Workers workers = new Workers(threads, "extract");
        try {
            Deque<Pending> ahead = new ArrayDeque<>();
            Iterator<String> left = names.iterator();
            while (left.hasNext() || !ahead.isEmpty()) {
                // two more than threads: what is written, and what waits for its turn to be
                while (left.hasNext() && ahead.size() < threads + 2) {
                    String name = left.next();
                    if (sink.contains(name)) {
                        skipped++;
                        progress.skip(1);
                    } else {
                        ahead.add(new Pending(name, workers.submit(() -> find(images.resolve(name), extractor))));
                    }
                }
                if (!ahead.isEmpty() && !keep(ahead.remove(), sink, progress, line)) {
                    failed++;
                }
            }
        } finally {
            workers.closeAndWait();
        }
        return new Summary(names.size() - skipped - failed, skipped, failed);
    }

    private static Found find(Path file, Extractor extractor) throws IOException {
        Image image = ImageReader.read(file);
        return new Found(image, extractor.extract(image));
    }

    /** Waits for an image's features and keeps them; false where the image cannot be read. */
    private static boolean keep(Pending pending, FeatureSink sink, Progress progress, CommandLine line)
            throws IOException {
        boolean read = true;
        try {
            Found found = Workers.await(pending.result());
            sink.write(pending.name(), found.image(), found.features());
        } catch (ImageException e) {
            read = false;
            progress.note("tiepoint: " + new Failure(e, line).line());
        }
        progress.step();
        return read;
    }
}
