package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.image.ImageSize;
import org.tiepoint.testing.SharedFiles;

class CapsPairsTest {
    private static final String FIRST = "0015 a.jpg 640 480 500 510 320 240 1 0 0 0 1 0 0 0 1 0 0 0\n";
    private static final String SECOND = "0015 b.jpg 320 240 250 255 160 120 0 -1 0 1 0 0 0 0 1 1 2 3\n";

    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = Files.createDirectory(root.resolve("easy"));
        Path images = Files.createDirectories(root.resolve("0015/dense/aligned/images"));
        Files.createFile(images.resolve("a.jpg"));
        Files.createFile(images.resolve("b.jpg"));
        Files.writeString(folder.resolve("img_cam.txt"), "# cameras\n" + FIRST + SECOND);
        Files.writeString(folder.resolve("pairs.txt"), "0015 a.jpg b.jpg\n0015 b.jpg a.jpg\n");
    }

    @Test
    void readsTheTestListsOfTheAuthors() throws IOException {
        Files.createDirectory(root.resolve("hard"));
        Files.copy(folder.resolve("img_cam.txt"), root.resolve("hard/img_cam.txt"));
        Files.copy(folder.resolve("pairs.txt"), root.resolve("hard/pairs.txt"));
        List<EvaluationSet> sets = PoseSets.readAll(root);
        assertEquals(List.of("easy", "hard"), sets.stream().map(EvaluationSet::name).toList());
        EvaluationPair pair = sets.get(0).pairs().get(0);
        assertEquals("0015/a.jpg", pair.first().name());
        assertEquals("0015", pair.group());
        PairTruth.RelativePose truth = (PairTruth.RelativePose) pair.truth();
        assertArrayEquals(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, truth.relative().rotation());
        assertArrayEquals(new double[] {1, 2, 3}, truth.relative().translation());
        assertEquals(255, truth.second().camera(new ImageSize(320, 240)).fy());
    }

    @Test
    void readsATrainingScene() throws IOException {
        EvaluationSet scene = PoseSets.readAll(SharedFiles.data("posed/caps/train/fern/dense0/aligned")).get(0);
        assertEquals(142, scene.pairs().size());
        assertTrue(scene.pairs().get(0).first().file().endsWith(Path.of("images", scene.pairs().get(0).first()
                .name())));
    }

    @Test
    void damageIsNamed() throws IOException {
        assertMessage("pairs.txt", "0015 a.jpg c.jpg\n", "line 1, column 3: name is 'c.jpg': img_cam.txt has no such");
        assertMessage("pairs.txt", "0015 a.jpg b.jpg d.jpg\n", "line 1: has 4 columns and needs 3");
        assertMessage("pairs.txt", "\n", "holds no pairs");
        assertMessage("img_cam.txt", FIRST + FIRST, "line 2, column 2: name is 'a.jpg': it stands in an earlier line");
        assertMessage("img_cam.txt", FIRST.replace("510", "0"), "line 1, column 6: fy is '0': a focal length");
        assertMessage("img_cam.txt", FIRST.replace("640", "0.5"), "line 1, column 3: w is '0.5'");
        assertMessage("img_cam.txt", FIRST.replace("a.jpg", "x.jpg"), "column 2: name is 'x.jpg': there is no such");
        assertMessage("img_cam.txt", FIRST.replace("1 0 0 0 1", "2 0 0 0 1"), "line 1: R: the pose's 3x3 part is no");
    }

    private void assertMessage(String file, String text, String part) throws IOException {
        Path damaged = folder.resolve(file);
        String good = Files.readString(damaged);
        Files.writeString(damaged, text);
        String message = assertThrows(DatasetException.class, () -> PoseSets.readAll(folder)).getMessage();
        assertTrue(message.startsWith(damaged.toString()) && message.contains(part), message);
        Files.writeString(damaged, good);
    }
}
