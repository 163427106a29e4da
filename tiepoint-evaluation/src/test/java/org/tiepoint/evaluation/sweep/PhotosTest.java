package org.tiepoint.evaluation.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;

class PhotosTest {
    @TempDir
    Path folder;

    @Test
    void findsPhotosInFoldersAndChoosesByTheSeed() throws IOException {
        Files.createDirectories(folder.resolve("b/.hidden"));
        for (String name : List.of("c.JPG", "a.png", "b/z.webp", "b/notes.txt", "b/.hidden/x.png", ".y.png")) {
            Files.write(folder.resolve(name), new byte[1]);
        }
        Photos photos = Photos.in(folder);
        assertEquals(List.of("a.png", "b/z.webp", "c.JPG"), photos.names());
        assertEquals(photos.choose(2, 5), photos.choose(2, 5));
        assertEquals(2, photos.choose(2, 5).names().size());
        assertEquals(photos, photos.choose(10, 1));
        assertTrue(List.of(0L, 1L, 2L, 3L, 4L).stream().map(seed -> photos.choose(1, seed)).distinct().count() > 1);
    }

    @Test
    void largePhotosAreMadeSmaller() throws IOException {
        ImageWriter.writePng(TestPhoto.ramp(120, 100), folder.resolve("a.png"));
        Photos photos = Photos.in(folder);
        Image reduced = photos.read("a.png", 90);
        assertEquals(90, reduced.width());
        assertEquals(75, reduced.height());
        assertEquals(120, photos.read("a.png", 1000).width());
    }

    @Test
    void saysWhatCannotBeUsed() throws IOException {
        assertTrue(assertThrows(DatasetException.class, () -> Photos.in(folder)).getMessage()
                .contains("holds no photos"));
        assertTrue(assertThrows(DatasetException.class, () -> Photos.in(folder.resolve("none"))).getMessage()
                .contains("is no folder"));
        ImageWriter.writePng(TestPhoto.ramp(200, 30), folder.resolve("thin.png"));
        assertEquals(folder.resolve("thin.png") + ": is measured at 200x30 pixels and needs at least 64 on the shorter"
                + " side: take it out of the folder", assertThrows(DatasetException.class, () -> Photos.in(folder)
                        .read("thin.png", 1000)).getMessage());
    }
}
