package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tiepoint.dataset.DatasetErrors.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapsReaderTest {
    private static final String A = "a.png 16 12 20 21 7.5 5.5 1 0 0 0 1 0 0 0 1 0 0 0";
    private static final String B = "b.png 16 12 20 21 7.5 5.5 0 -1 0 1 0 0 0 0 1 1 2 3";

    @TempDir
    Path root;
    private Path aligned;

    @BeforeEach
    void photos() throws IOException {
        aligned = root.resolve("scene/dense0/aligned");
        TestPhotos.write(aligned.resolve("images/a.png"), 16, 12);
        TestPhotos.write(aligned.resolve("images/b.png"), 16, 12);
    }

    private void write(String cameras, String pairs) throws IOException {
        Files.writeString(aligned.resolve("img_cam.txt"), cameras);
        Files.writeString(aligned.resolve("pairs.txt"), pairs);
    }

    @Test
    void readsImagesPosesAndPairs() throws IOException {
        write("# head\n" + A + "\n\n" + B + "\n", "b.png a.png\n");
        PosedCollection scene = CapsReader.read(aligned);

        assertEquals("scene", scene.name());
        assertEquals(List.of(new ImagePair(1, 0)), scene.pairs());
        assertTrue(scene.points().isEmpty());
        assertEquals(Optional.empty(), scene.depths());
        PosedImage b = scene.images().get(1);
        assertEquals("b.png", b.name());
        assertEquals(aligned.resolve("images/b.png"), b.file());
        assertArrayEquals(new double[] {20, 21, 7.5, 5.5}, b.camera().parameters());
        assertArrayEquals(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, b.pose().rotation());
        assertArrayEquals(new double[] {1, 2, 3}, b.pose().translation());
    }

    @Test
    void readsTheDepthRangeWhereThereIsOne() throws IOException {
        write(A, "");
        Files.writeString(aligned.resolve("depth_range.txt"), "# min typical max\n1 2.5 9\n");
        assertEquals(new DepthRange(1, 2.5, 9), CapsReader.read(aligned).depths().orElseThrow());

        Files.writeString(aligned.resolve("depth_range.txt"), "3 2.5 9\n");
        assertRefused(() -> CapsReader.read(aligned), "depth_range.txt", "line 1", "min 3.0", "ascending");
    }

    @Test
    void takesADenseFolderAndNamesSeveralApart() throws IOException {
        write(A, "");
        TestPhotos.write(root.resolve("scene/dense1/aligned/images/a.png"), 16, 12);
        Files.writeString(root.resolve("scene/dense1/aligned/img_cam.txt"), A);

        assertEquals("scene-dense1", CapsReader.read(root.resolve("scene/dense1")).name());
        assertEquals(List.of("scene-dense0", "scene-dense1"),
                PosedCollections.open(root).stream().map(PosedCollection::name).toList());
    }

    @Test
    void takesPairsEvenlyFromALongList() throws IOException {
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < 2 * CapsReader.MAX_PAIRS; i++) {
            pairs.append(i % 2 == 0 ? "a.png b.png\n" : "b.png a.png\n");
        }
        write(A + "\n" + B, pairs.toString());
        List<ImagePair> taken = CapsReader.read(aligned).pairs();

        assertEquals(CapsReader.MAX_PAIRS, taken.size());
        assertTrue(taken.stream().allMatch(new ImagePair(0, 1)::equals));
    }

    @Test
    void movesRoundedRotationsToTheNearestOne() throws IOException {
        write("a.png 16 12 20 21 7.5 5.5 0.866 -0.5 0 0.5 0.866 0 0 0 1 0 0 0", "");
        double[] r = CapsReader.read(aligned).images().get(0).pose().rotation();

        assertEquals(1, r[0] * r[0] + r[1] * r[1], 1e-12);
        assertEquals(Math.sqrt(0.75), r[0], 1e-4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "b.png 16 12 20 21 7.5 5.5 1 0 0 0 1 0 0 0 1 0 NaN 0 | t[1]|NaN|finite",
        "b.png 16 12 20 21 7.5 5.5 1 0 0 0 nan 0 0 0 1 0 0 0 | R[4]|'nan'|finite",
        "b.png 16 12 0 21 7.5 5.5 1 0 0 0 1 0 0 0 1 0 0 0 | focal length fx|0.0|above 0",
        "b.png 16 12 20 21 7.5 5.5 1 0 0 0 1 0 0 0 2 0 0 0 | no rotation|determinant|orthonormal",
        "b.png 16 12 20 21 7.5 5.5 1 0 0 0 1 0 0 0 -1 0 0 0 | no rotation|determinant|orthonormal",
        "b.png 16 12 20 21 7.5 5.5 1 0 0 0 1 0 0 0 | 15 fields|needs 19|may be cut",
        "b.png 16 12 20 21 7.5 5.5 1 0 0 0 1 0 0 0 1 0 0 0 1 | 20 fields|needs 19|blanks",
        "b.png 16 twelve 20 21 7.5 5.5 1 0 0 0 1 0 0 0 1 0 0 0 | height|'twelve'|whole number",
        "b.png 16 -12 20 21 7.5 5.5 1 0 0 0 1 0 0 0 1 0 0 0 | 16x-12|positive|image size",
        "a.png 16 12 20 21 7.5 5.5 1 0 0 0 1 0 0 0 1 0 0 0 | a.png|second time|remove"})
    void refusesALineThatCannotBeUsed(String line, String first, String second, String third) throws IOException {
        write(A + "\n" + line, "");
        assertRefused(() -> CapsReader.read(aligned), "img_cam.txt", "line 2", first, second, third);
    }

    @Test
    void refusesPairsOfUnknownImages() throws IOException {
        write(A + "\n" + B, "a.png b.png\na.png c.png\n");
        assertRefused(() -> CapsReader.read(aligned), "pairs.txt", "line 2", "'c.png'", "does not list", "remove");
    }

    @Test
    void refusesAnImageWithItselfAndHalfAPair() throws IOException {
        write(A + "\n" + B, "a.png a.png\n");
        assertRefused(() -> CapsReader.read(aligned), "pairs.txt", "line 1", "itself");
        write(A + "\n" + B, "a.png\n");
        assertRefused(() -> CapsReader.read(aligned), "pairs.txt", "line 1", "1 fields");
    }

    @Test
    void countsMissingPhotos() throws IOException {
        write(A + "\n" + B + "\n" + A.replace("a.png", "c.png") + "\n" + A.replace("a.png", "d.png"), "");
        assertRefused(() -> CapsReader.read(aligned), "img_cam.txt", "2 of 4", "c.png");
    }

    @Test
    void refusesABinaryFileInOneShortLine() throws IOException {
        byte[] noise = new byte[20_000];
        new Random(1).nextBytes(noise);
        Files.write(aligned.resolve("img_cam.txt"), noise);
        assertRefused(() -> CapsReader.read(aligned), "img_cam.txt", "line 1");
        write("a.png " + "9".repeat(10_000) + "x 12 20 21 7.5 5.5 1 0 0 0 1 0 0 0 1 0 0 0", "");
        String message = assertThrows(DatasetException.class, () -> CapsReader.read(aligned)).getMessage();
        assertTrue(message.length() < 400, message);
    }

    @Test
    void refusesAListWithoutImages() throws IOException {
        write("# nothing\n", "");
        assertRefused(() -> CapsReader.read(aligned), "img_cam.txt", "no image");
    }
}
