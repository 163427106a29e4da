package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import picocli.CommandLine.Parameters;

/** The two images of a command that compares two. */
final class TwoViews {
    @Parameters(index = "0", paramLabel = "LEFT",
            description = "First image: JPEG, PNG, TIFF, WebP or PNM; turned upright by its EXIF orientation.")
    private Path left;

    @Parameters(index = "1", paramLabel = "RIGHT", description = "Second image.")
    private Path right;

    Path leftFile() {
        return left;
    }

    Path rightFile() {
        return right;
    }

    Image readLeft() throws IOException {
        return ImageReader.read(left);
    }

    Image readRight() throws IOException {
        return ImageReader.read(right);
    }
}
