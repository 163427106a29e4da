package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.testing.SharedFiles;

class PosedCollectionsTest {
    @TempDir
    Path folder;

    @Test
    void opensEverySceneOfARealFolder() throws IOException {
        List<String> warnings = new ArrayList<>();
        List<PosedCollection> scenes = PosedCollections.open(SharedFiles.data("posed"), warnings::add);
        Map<String, PosedCollection> byName = scenes.stream()
                .collect(Collectors.toMap(PosedCollection::name, Function.identity()));

        assertEquals(26, scenes.size());
        assertEquals(1646, scenes.stream().mapToInt(scene -> scene.images().size()).sum());
        assertEquals(List.of(), warnings);
        assertEquals(142, byName.get("fern").pairs().size());
        assertEquals(5256, byName.get("office").points().orElseThrow().count());
        assertEquals(51, byName.get("seq1").images().size());
        assertEquals(1226, byName.get("seq1").images().get(0).camera().width());
        assertTrue(byName.get("giza").points().isEmpty());
    }

    @Test
    void namesEveryLayoutWhenNothingIsRecognised() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        String message = assertThrows(DatasetException.class, () -> PosedCollections.open(folder)).getMessage();

        for (String part : List.of(folder.toString(), "img_cam.txt", "cameras", "transforms.json", "calib.txt",
                "frame-N.pose.txt", "groundtruth.txt")) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void saysWhetherAFolderIsMissingOrAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("photo.txt"), "");

        assertTrue(assertThrows(DatasetException.class, () -> PosedCollections.open(folder.resolve("none")))
                .getMessage().contains("is not there"));
        assertTrue(assertThrows(DatasetException.class, () -> PosedCollections.open(file))
                .getMessage().contains("is no folder"));
    }
}
