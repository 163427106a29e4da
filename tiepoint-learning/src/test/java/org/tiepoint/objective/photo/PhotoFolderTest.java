package org.tiepoint.objective.photo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.testing.TinyTraining;

class PhotoFolderTest {
    @TempDir
    Path folder;

    private static void photo(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        ImageWriter.writePng(new Image(2, 2, new byte[12]), file);
    }

    @Test
    void photosOfOneSubfolderAreOneScene() throws IOException {
        photo(folder.resolve("photos/a/1.png"));
        photo(folder.resolve("photos/a/2.png"));
        photo(folder.resolve("photos/b/1.png"));
        photo(folder.resolve("copies/a/2.png"));
        List<Photo> photos = PhotoFolder.list(folder.resolve("photos"), Optional.of(folder.resolve("copies")));
        assertEquals(List.of("a/1.png", "a/2.png", "b/1.png"), photos.stream().map(Photo::name).toList());
        assertEquals(2, photos.stream().map(Photo::scene).distinct().count());
        assertEquals(photos.get(0).scene(), photos.get(1).scene());
        assertEquals(List.of(Optional.empty(), Optional.of(folder.resolve("copies/a/2.png")), Optional.empty()),
                photos.stream().map(Photo::copy).toList());
    }

    @Test
    void photosOfPosedScenesAreNamedByTheirPathBelowTheFolder() throws IOException {
        List<PosedCollection> scenes = TinyTraining.scenes(folder.resolve("scene"), 3);
        List<Photo> photos = PhotoFolder.ofScenes(folder, scenes, Optional.empty());
        assertEquals(6, photos.size());
        for (Photo photo : photos) {
            assertEquals(scenes.get(0).name(), photo.scene());
            assertEquals(photo.file(), folder.resolve(photo.name()));
        }
    }
}
