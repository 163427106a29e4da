package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tiepoint.dataset.DatasetErrors.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KittiReaderTest {
    private static final String POSES = "1 0 0 0 0 1 0 0 0 0 1 0\n1 0 0 0.5 0 1 0 0 0 0 1 2\n";

    @TempDir
    Path folder;

    private void photos(String name) throws IOException {
        TestPhotos.write(folder.resolve(name + "/000000.png"), 24, 8);
        TestPhotos.write(folder.resolve(name + "/000001.png"), 24, 8);
    }

    private void write(String calibration, String poses) throws IOException {
        Files.writeString(folder.resolve("calib.txt"), calibration);
        Files.writeString(folder.resolve("poses.txt"), poses);
    }

    @Test
    void readsPlainMatrices() throws IOException {
        photos("image_l");
        write("700 0 12 0 0 701 4 0 0 0 1 0\n700 0 12 -380 0 701 4 0 0 0 1 0\n", POSES);
        PosedCollection scene = KittiReader.read(folder);

        PosedImage second = scene.images().get(1);
        assertEquals("image_l/000001.png", second.name());
        assertEquals(24, second.camera().width());
        assertArrayEquals(new double[] {700, 701, 12, 4}, second.camera().parameters());
        assertArrayEquals(new double[] {0.5, 0, 2}, second.pose().centre(), 1e-12);
        assertEquals(new DepthRange(2, 15, 150), scene.depths().orElseThrow());
    }

    @Test
    void movesTheColourCameraByItsOffset() throws IOException {
        photos("image_2");
        write("P0: 700 0 12 0 0 700 4 0 0 0 1 0\nP2: 700 0 12 42 0 700 4 7 0 0 1 0.5\nTr: 1 2 3\n", POSES);
        PosedImage first = KittiReader.read(folder).images().get(0);

        // P X = K (X + b) with b = ((42 - 12 * 0.5) / 700, (7 - 4 * 0.5) / 700, 0.5)
        assertArrayEquals(new double[] {-36.0 / 700, -5.0 / 700, -0.5}, first.pose().centre(), 1e-12);
    }

    @Test
    void findsThePosesOfTheBenchmarksLayout() throws IOException {
        Path sequence = folder.resolve("sequences/07");
        TestPhotos.write(sequence.resolve("image_0/000000.png"), 24, 8);
        Files.writeString(sequence.resolve("calib.txt"), "P0: 700 0 12 0 0 700 4 0 0 0 1 0\n");
        Files.createDirectories(folder.resolve("poses"));
        Files.writeString(folder.resolve("poses/07.txt"), "1 0 0 3 0 1 0 0 0 0 1 0\n");

        PosedCollection scene = PosedCollections.open(folder).get(0);
        assertEquals("07", scene.name());
        assertArrayEquals(new double[] {3, 0, 0}, scene.images().get(0).pose().centre(), 1e-12);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "poses.txt | 0 0.5 0 1 | 0 NaN 0 1 | line 2|T[3]|NaN",
        "poses.txt | 1 0 0 0.5 | 2 0 0 0.5 | line 2|no rotation|orthonormal",
        "poses.txt | 1 0 0 0.5 | 1 0 0 | line 2|11 fields|needs 12",
        "calib.txt | P0: 700 | P0: 0 | line 1|focal length fx|above 0",
        "calib.txt | P0: 700 0 | P0: 700 3 | line 1|rectified|fx 0 cx",
        "calib.txt | P0: | P1: | calib.txt|no projection matrix|P0:",
        "calib.txt | 0 0 0 1 0 | 0 0 0 1 | line 1|12 fields|needs 13"})
    void refusesLinesThatCannotBeUsed(String file, String from, String to, String a, String b, String c)
            throws IOException {
        photos("image_0");
        write("P0: 700 0 12 0 0 700 4 0 0 0 1 0\n", POSES);
        Path changed = folder.resolve(file);
        Files.writeString(changed, Files.readString(changed).replace(from, to));
        assertRefused(() -> KittiReader.read(folder), file, a, b, c);
    }

    @Test
    void refusesAnotherNumberOfPhotosThanPoses() throws IOException {
        photos("image_0");
        write("P0: 700 0 12 0 0 700 4 0 0 0 1 0\n", POSES + "1 0 0 0 0 1 0 0 0 0 1 0\n");
        assertRefused(() -> KittiReader.read(folder), "poses.txt", "3 poses", "2 photos", "image_0");
    }
}
