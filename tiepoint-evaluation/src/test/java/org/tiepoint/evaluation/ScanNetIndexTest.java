package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.numpy.NpzWriter;
import org.tiepoint.interop.numpy.NumpyArray;

class ScanNetIndexTest {
    @TempDir
    Path folder;

    private Path index;

    @BeforeEach
    void write() throws IOException {
        IndexFiles.scanNetScene(folder);
        index = Files.createDirectory(folder.resolve("scannet_test_1500"));
        Files.write(index.resolve("test.npz"), IndexFiles.scanNetPairs());
        Files.write(index.resolve("intrinsics.npz"), IndexFiles.scanNetIntrinsics());
    }

    /** The second camera is 570 to the right: what lies at x is seen at x - 570. */
    @Test
    void readsWhatNumpyWrote() throws IOException {
        EvaluationSet set = PoseSets.readAll(folder).get(0);
        assertEquals(2, set.pairs().size());
        EvaluationPair pair = set.pairs().get(0);
        assertEquals("0-15-585", pair.name());
        assertEquals("scene0707_00", pair.group());
        assertEquals("scene0707_00/color/585.jpg", pair.second().name());
        PairTruth.RelativePose truth = (PairTruth.RelativePose) pair.truth();
        assertArrayEquals(new double[] {-570, 0, 0}, truth.relative().translation(), 1e-12);
        assertEquals(577.87, truth.first().camera(new ImageSize(640, 480)).fx(), 1e-9);
        assertEquals(2 * 577.87, truth.first().camera(new ImageSize(1280, 960)).fx(), 1e-9);
        assertEquals(639.5, truth.first().camera(new ImageSize(1280, 960)).cx(), 1e-9);
    }

    @Test
    void damageIsNamed() throws IOException {
        Path pose = folder.resolve("scene0707_00/pose/30.txt");
        Files.writeString(pose, "-inf 0 0 1\n0 1 0 0\n0 0 1 0\n0 0 0 1\n");
        assertMessage(pose + ", line 1, column 1: T[0][0] is '-inf': it must be a finite number");
        Files.writeString(pose, "1 0 0 1\n0 1 0 0\n");
        assertMessage(pose + ": has 2 lines and needs 4");
        Files.delete(folder.resolve("scene0707_00/color/30.jpg"));
        assertMessage(index.resolve("test.npz") + ", name[1]: asks for scene0707_00/color/30.jpg, which is not in ");
        NpzWriter.write(index.resolve("intrinsics.npz"), Map.of("a", NumpyArray.ofDoubles(new double[9], 9)));
        assertMessage("intrinsics.npz, scene0707_00: is missing");
        NpzWriter.write(index.resolve("test.npz"), Map.of("name", NumpyArray.ofDoubles(new double[4], 1, 4)));
        assertMessage("test.npz, name: is FLOAT64[1, 4], expected n x 4 integers");
    }

    private void assertMessage(String part) {
        String message = assertThrows(DatasetException.class, () -> PoseSets.readAll(folder)).getMessage();
        assertTrue(message.contains(part), message);
    }
}
