package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tiepoint.feature.Extractor;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageException;
import org.tiepoint.image.ImageReader;
import picocli.CommandLine;

/** Extracts the features of images that have none yet; images that cannot be read are reported and left out. */
final class FolderExtraction {
    /** How many images. */
    record Summary(int extracted, int skipped, int failed) {}

    private FolderExtraction() {}

    static Summary run(Path images, List<String> names, FeatureSink sink, Extractor extractor, Progress progress,
            CommandLine line) throws IOException {
        int failed = 0;
        int skipped = 0;
        for (String name : names) {
            if (sink.contains(name)) {
                skipped++;
                progress.skip(1);
                continue;
            }
            try {
                Image image = ImageReader.read(images.resolve(name));
                sink.write(name, image, extractor.extract(image));
            } catch (ImageException e) {
                failed++;
                progress.note("tiepoint: " + new Failure(e, line).line());
            }
            progress.step();
        }
        return new Summary(names.size() - skipped - failed, skipped, failed);
    }
}
