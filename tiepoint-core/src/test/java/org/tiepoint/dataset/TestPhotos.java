package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;

/** Small photos for readers' tests. */
public final class TestPhotos {
    private TestPhotos() {}

    /** Writes a PNG or JPEG of noise, with its folders. */
    public static Path write(Path file, int width, int height) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] rgb = new byte[3 * width * height];
        new Random(width + 31L * height).nextBytes(rgb);
        Image image = new Image(width, height, rgb);
        if (file.toString().endsWith(".png")) {
            ImageWriter.writePng(image, file);
        } else {
            ImageWriter.writeJpeg(image, file);
        }
        return file;
    }
}
