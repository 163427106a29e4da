package org.tiepoint.stylise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;

class StylisedFolderTest {
    @TempDir
    Path folder;

    @Test
    void copiesHaveTheNamesOfTheirPhotos() {
        Path photos = folder.resolve("photos");
        StylisedFolder stylised = new StylisedFolder(photos, folder.resolve("copies"));
        for (String[] names : new String[][] {{"train/0001/a.jpg", "train/0001/a.jpg"}, {"b.JPEG", "b.JPEG"},
            {"c.png", "c.png"}, {"x/d.tif", "x/d.tif.png"}, {"e.ppm", "e.ppm.png"}}) {
            assertEquals(folder.resolve("copies").resolve(names[1]), stylised.copyOf(photos.resolve(names[0])));
        }
        assertThrows(IllegalArgumentException.class, () -> stylised.copyOf(folder.resolve("a.jpg")));
    }

    @Test
    void writtenCopiesAreFound() throws IOException {
        StylisedFolder stylised = new StylisedFolder(folder.resolve("p"), folder.resolve("c"));
        Files.createDirectories(folder.resolve("c"));
        Path photo = folder.resolve("p/a.webp");
        assertEquals(Optional.empty(), stylised.find(photo));
        Image copy = new Image(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
        stylised.write(copy, photo);
        assertArrayEquals(copy.rgb(), ImageReader.read(stylised.find(photo).orElseThrow()).rgb());
    }

    @Test
    void copiesMayNotLieAmongThePhotos() {
        assertTrue(assertThrows(IllegalArgumentException.class,
                () -> new StylisedFolder(folder, folder.resolve("copies"))).getMessage().contains("give a folder"));
        assertThrows(IllegalArgumentException.class, () -> new StylisedFolder(folder, folder));
    }

    @Test
    void contactSheetsHoldTheirPicturesInCells() {
        Image red = new Image(2, 1, new byte[] {(byte) 200, 0, 0, (byte) 200, 0, 0});
        Image sheet = ContactSheet.of(List.of(List.of(red), List.of(red, red)), 10);
        assertEquals(2 * 14 + 4, sheet.width());
        assertEquals(2 * 14 + 4, sheet.height());
        int pixels = 0;
        for (int i = 0; i < sheet.rgb().length; i += 3) {
            pixels += (sheet.rgb()[i] & 0xff) == 200 ? 1 : 0;
        }
        assertEquals(6, pixels);
        assertThrows(IllegalArgumentException.class, () -> ContactSheet.of(List.of(), 10));
    }
}
