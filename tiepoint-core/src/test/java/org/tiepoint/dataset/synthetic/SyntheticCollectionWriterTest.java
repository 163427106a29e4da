package org.tiepoint.dataset.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DepthRange;
import org.tiepoint.dataset.ImagePair;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.image.ImageReader;

class SyntheticCollectionWriterTest {
    @TempDir
    private Path folder;

    @Test
    void theCapsReaderGivesBackTheScene() throws Exception {
        SyntheticScene scene = SyntheticScene.create(SceneOptions.defaults().withViews(4).withSize(160, 120));
        List<Integer> progress = new ArrayList<>();
        Path written = SyntheticCollectionWriter.write(scene, folder, progress::add);
        assertEquals(folder.resolve("synthetic-1"), written);
        assertEquals(List.of(1, 2, 3, 4), progress);

        PosedCollection read = PosedCollections.open(folder).get(0);
        assertEquals("synthetic-1", read.name());
        assertEquals(4, read.images().size());
        for (int i = 0; i < 4; i++) {
            assertArrayEquals(scene.camera(i).parameters(), read.images().get(i).camera().parameters());
            assertArrayEquals(scene.pose(i).rotation(), read.images().get(i).pose().rotation(), 1e-15);
            assertArrayEquals(scene.pose(i).translation(), read.images().get(i).pose().translation(), 1e-15);
        }
        RenderedView view = scene.render(2);
        assertArrayEquals(view.image().rgb(), ImageReader.read(read.images().get(2).file()).rgb());
        Path aligned = written.resolve("dense0").resolve("aligned");
        assertArrayEquals(view.depth().z(),
                DepthMap.read(SyntheticCollectionWriter.depthFile(aligned, "002.png")).z());
        DepthRange depths = read.depths().orElseThrow();
        assertTrue(depths.min() > 2 && depths.min() < 10, depths.toString());
        assertTrue(depths.typical() > 8 && depths.typical() < 25, depths.toString());
        assertTrue(depths.max() > 30 && depths.max() < 150, depths.toString());
        assertTrue(read.pairs().contains(new ImagePair(0, 1)));
        for (ImagePair pair : read.pairs()) {
            assertTrue(OverlappingPairs.overlap(scene, pair.first(), pair.second()) >= 0.2);
        }
    }

    @Test
    void viewsFarApartAreNoPair() {
        SyntheticScene scene = SyntheticScene.create(new SceneOptions(1, 12, 160, 120, 30, 0, 1));
        for (ImagePair pair : OverlappingPairs.of(scene)) {
            assertTrue(pair.second() - pair.first() <= 2 || pair.second() - pair.first() >= 10, pair.toString());
        }
    }
}
