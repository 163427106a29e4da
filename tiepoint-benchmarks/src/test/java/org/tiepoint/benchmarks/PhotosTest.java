package org.tiepoint.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;

class PhotosTest {
    @TempDir
    private Path folder;

    @Test
    void theMiddleOfAWideImage() {
        byte[] rgb = new byte[3 * 1000 * 480];
        for (int y = 0; y < 480; y++) {
            rgb[3 * (1000 * y + 180)] = (byte) 255;
        }
        Image cut = Photos.cut(new Image(1000, 480, rgb));
        assertEquals(640, cut.width());
        assertEquals(480, cut.height());
        assertEquals(-1, cut.rgb()[0]);
        assertEquals(-1, cut.rgb()[3 * 640 * 479]);
        assertEquals(0, cut.rgb()[3]);
    }

    @Test
    void photosAreWrittenAndLoaded() throws IOException {
        Path from = folder.resolve("from");
        Files.createDirectories(from);
        for (int i = 0; i < 3; i++) {
            ImageWriter.writePng(new Image(64, 64, new byte[3 * 64 * 64]), from.resolve(i + ".png"));
        }
        Path into = folder.resolve("into");
        Photos.write(from, 2, into);
        assertEquals(2, Photos.load(into).size());
        assertThrows(IOException.class, () -> Photos.write(from, 4, into));
    }

    @Test
    void withoutPhotosViewsAreRendered() throws IOException {
        Photos.write(folder.resolve("none"), 1, folder.resolve("into"));
        assertEquals(640, Photos.load(folder.resolve("into")).get(0).width());
    }
}
