package org.tiepoint.evaluation.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.testing.Fuzz;

class RevisitedTruthTest {
    /** In the text form of pickle: a list is (...l, a dictionary (...d. */
    private static final String TRUTH = "(Vimlist\n(Va\nVb/c\nVd\nlVqimlist\n(Vq\nlVgnd\n((Vbbx\n(F1.5\nI2\nF30\nF40\nl"
            + "Veasy\n(I0\nlVhard\n(I2\nI1\nlVjunk\n(ldl d.".replace(" ", "");

    @TempDir
    Path folder;

    @Test
    void readsThePublishedLayout() throws IOException {
        write(TRUTH);
        Files.createDirectories(folder.resolve("jpg"));
        RetrievalSet set = RevisitedTruth.read(folder);
        assertEquals(List.of("a.jpg", "b/c.jpg", "d.jpg"), set.database());
        assertEquals(folder.resolve("jpg"), set.images());
        RetrievalQuery query = set.queries().get(0);
        assertEquals("q.jpg", query.image());
        assertArrayEquals(new double[] {1.5, 2, 30, 40}, query.box());
        assertArrayEquals(new int[] {0}, query.easy());
        assertArrayEquals(new int[] {2, 1}, query.hard());
        assertArrayEquals(new int[0], query.junk());
    }

    @Test
    void namesWhatDoesNotFit() throws IOException {
        refuses("gnd[0].hard: holds 3.0, expected places from 0 to 2", TRUTH.replace("I2\nI1", "I3\nI1"));
        refuses("gnd[0].easy: is missing", TRUTH.replace("easy", "ease"));
        refuses("gnd[0].bbx: is no left, top, right, bottom", TRUTH.replace("F40", "F1"));
        refuses("imlist[1]: is no name of an image", TRUTH.replace("b/c", "../c"));
        refuses("gnd: has 1 entries for 2 queries", TRUTH.replace("Vq\nl", "Vq\nVr\nl"));
        refuses("is no dictionary", "(l.");
        assertTrue(assertThrows(DatasetException.class, () -> RevisitedTruth.read(folder)).getMessage()
                .contains("has no folder jpg"));
    }

    @Test
    void damagedFilesGiveDatasetExceptions() throws IOException {
        new Fuzz(DatasetException.class, 50 << 20).run("gnd.pkl", List.of(TRUTH.getBytes(StandardCharsets.UTF_8)),
                Fuzz.count(300), folder, file -> RevisitedTruth.read(file, folder));
    }

    private void refuses(String problem, String pickle) throws IOException {
        Path file = write(pickle);
        String message = assertThrows(DatasetException.class, () -> RevisitedTruth.read(file, folder)).getMessage();
        assertTrue(message.startsWith(file.toString()) && message.contains(problem), message);
    }

    private Path write(String pickle) throws IOException {
        return Files.writeString(folder.resolve("gnd_test.pkl"), pickle);
    }
}
