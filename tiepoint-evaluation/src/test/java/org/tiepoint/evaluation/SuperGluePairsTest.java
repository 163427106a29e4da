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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.image.ImageSize;

class SuperGluePairsTest {
    private static final String PAIR = "a.jpg b.jpg 0 0 500 0 320 0 510 240 0 0 1 600 0 321 0 610 241 0 0 1"
            + " 0 -1 0 0.5 1 0 0 0.25 0 0 1 -2 0 0 0 1";

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(folder.resolve("images"));
        Files.createFile(folder.resolve("images/a.jpg"));
        Files.createFile(folder.resolve("images/b.jpg"));
        Files.writeString(folder.resolve("pairs_with_gt.txt"), "\n" + PAIR + "\n");
    }

    @Test
    void readsIntrinsicsAndPose() throws IOException {
        EvaluationPair pair = SuperGluePairs.read(folder).pairs().get(0);
        assertEquals("0-a-b", pair.name());
        assertEquals(new SetImage(folder.resolve("images/b.jpg"), "b.jpg", 0), pair.second());
        PairTruth.RelativePose truth = (PairTruth.RelativePose) pair.truth();
        assertEquals(new Intrinsics(500, 510, 320, 240), truth.first());
        assertEquals(610, truth.second().camera(new ImageSize(640, 480)).fy());
        assertArrayEquals(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, truth.relative().rotation());
        assertArrayEquals(new double[] {0.5, 0.25, -2}, truth.relative().translation());
    }

    @Test
    void quarterTurnsBelongToThePhotos() throws IOException {
        Files.writeString(folder.resolve("pairs_with_gt.txt"), PAIR.replace(" 0 0 500", " 3 1 500"));
        EvaluationPair pair = SuperGluePairs.read(folder).pairs().get(0);
        assertEquals(3, pair.first().quarterTurns());
        assertEquals(1, pair.second().quarterTurns());
    }

    @Test
    void findsSetsInFolders() throws IOException {
        assertEquals(1, PoseSets.readAll(folder).size());
        List<EvaluationSet> sets = PoseSets.readAll(folder.getParent());
        assertTrue(sets.stream().anyMatch(set -> set.name().equals(folder.getFileName().toString())));
        assertTrue(assertThrows(DatasetException.class, () -> PoseSets.readAll(folder.resolve("images"))).getMessage()
                .contains("holds no pairs with true poses"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "2; c.jpg; column 2: name1 is 'c.jpg': there is no such photo",
        "4; 4; column 4: rot1 is '4': it must be 0, 1, 2 or 3 quarter turns",
        "5; five; column 5: K0[0] is 'five': it must be a finite number",
        "6; 0.5; column 6: K0[1] is '0.5': it must be 0 in a camera matrix",
        "18; -1; column 18: K1[4] is '-1': a focal length must be above 0",
        "23; 0.9; columns 23 to 38: T_0to1 is [0.9, ",
        "26; Infinity; column 26: T_0to1[3] is 'Infinity': it must be a finite number",
        "35; 1; column 35: T_0to1[12] is '1': the last row must be 0 0 0 1"})
    void aDamagedColumnIsNamed(int column, String value, String message) throws IOException {
        String[] columns = PAIR.split(" ");
        columns[column - 1] = value;
        Files.writeString(folder.resolve("pairs_with_gt.txt"), PAIR + "\n" + String.join(" ", columns) + "\n");
        assertMessage(folder.resolve("pairs_with_gt.txt") + ", line 2, " + message);
    }

    @Test
    void aCutLineIsRefused() throws IOException {
        Files.writeString(folder.resolve("pairs_with_gt.txt"), PAIR + "\n" + PAIR.substring(0, 40) + "\n");
        assertMessage("line 2: has 12 columns and needs 38");
        Files.writeString(folder.resolve("pairs_with_gt.txt"), "\n");
        assertMessage("holds no pairs");
    }

    private void assertMessage(String part) {
        String message = assertThrows(DatasetException.class, () -> SuperGluePairs.read(folder)).getMessage();
        assertTrue(message.contains(part), message);
    }
}
