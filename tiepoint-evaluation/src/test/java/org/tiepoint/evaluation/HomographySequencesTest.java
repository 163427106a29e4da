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

class HomographySequencesTest {
    @TempDir
    Path folder;

    private Path sequence;

    @BeforeEach
    void write() throws IOException {
        sequence = Files.createDirectory(folder.resolve("v_wall"));
        Files.createFile(sequence.resolve("1.ppm"));
        Files.createFile(sequence.resolve("2.JPG"));
        Files.createFile(sequence.resolve("4.png"));
        Files.writeString(sequence.resolve("H_1_2"), "1 2 3\n 4\t5 6 \n\n7 8 10\n");
        Files.writeString(sequence.resolve("H_1_4"), "1 0 0\n0 1 0\n0 0 1");
        Files.createDirectory(folder.resolve("notes"));
    }

    @Test
    void findsTheViewsByNumber() throws IOException {
        Path other = Files.createDirectory(folder.resolve("i_dc"));
        Files.createFile(other.resolve("1.png"));
        Files.createFile(other.resolve("2.png"));
        Files.copy(sequence.resolve("H_1_4"), other.resolve("H_1_2"));
        EvaluationSet all = HomographySequences.read(folder, true);
        assertEquals(List.of("i_dc/1-2", "v_wall/1-2", "v_wall/1-4"), all.pairs().stream().map(EvaluationPair::name)
                .toList());
        assertEquals(folder.getFileName().toString(), all.name());
        EvaluationPair pair = HomographySequences.read(folder, false).pairs().get(0);
        assertEquals("v_wall", pair.group());
        assertEquals(SetImage.upright(sequence.resolve("1.ppm"), "v_wall/1.ppm"), pair.first());
        assertEquals(SetImage.upright(sequence.resolve("2.JPG"), "v_wall/2.JPG"), pair.second());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 10}, pair.truth().numbers());
    }

    @Test
    void onlyOversizedSequencesAreNamed() throws IOException {
        Files.move(sequence, folder.resolve("i_dc"));
        assertMessage("holds only sequences that published results leave out for their size: give --all");
    }

    @Test
    void aDamagedNumberIsNamedByLineAndColumn() throws IOException {
        Files.writeString(sequence.resolve("H_1_2"), "1 0 0\n0 1 0\n0 x 1\n");
        assertMessage(sequence.resolve("H_1_2") + ", line 3, column 2: H[2][1] is 'x': it must be a finite number");
        Files.writeString(sequence.resolve("H_1_2"), "1 0 NaN\n0 1 0\n0 0 1\n");
        assertMessage(sequence.resolve("H_1_2") + ", line 1, column 3: H[0][2] is 'NaN': it must be a finite number");
    }

    @Test
    void aCutFileIsRefused() throws IOException {
        Files.writeString(sequence.resolve("H_1_2"), "1 0 0\n0 1 0\n");
        assertMessage(sequence.resolve("H_1_2") + ": has 2 lines and needs 3");
        Files.writeString(sequence.resolve("H_1_2"), "1 0 0\n0 1 0\n0 0\n");
        assertMessage(sequence.resolve("H_1_2") + ", line 3: has 2 columns and needs 3");
        Files.writeString(sequence.resolve("H_1_2"), "1 0 0\n0 1 0\n0 0 0\n");
        assertMessage(sequence.resolve("H_1_2") + ": is no homography");
    }

    @Test
    void imagesAndHomographiesMustBelongTogether() throws IOException {
        Files.createFile(sequence.resolve("5.png"));
        assertMessage(sequence.resolve("5.png") + ": there is no homography H_1_5");
        Files.delete(sequence.resolve("5.png"));
        Files.delete(sequence.resolve("2.JPG"));
        assertMessage(sequence.resolve("H_1_2") + ": there is no image 2");
        Files.delete(sequence.resolve("1.ppm"));
        assertMessage(sequence + ": there is no image 1");
    }

    @Test
    void oneNumberIsOneImage() throws IOException {
        Files.createFile(sequence.resolve("2.png"));
        assertMessage("there is 2.JPG beside it");
    }

    @Test
    void aFolderWithoutSequencesIsRefused() {
        folder = folder.resolve("notes");
        assertMessage("holds no sequences");
        folder = folder.resolve("nowhere");
        assertMessage("is no folder");
    }

    private void assertMessage(String part) {
        String message = assertThrows(DatasetException.class, () -> HomographySequences.read(folder, false))
                .getMessage();
        assertTrue(message.contains(part), message);
    }
}
