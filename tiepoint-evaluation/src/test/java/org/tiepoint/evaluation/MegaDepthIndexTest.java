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
import org.tiepoint.interop.numpy.NpzWriter;
import org.tiepoint.interop.numpy.NumpyArray;

class MegaDepthIndexTest {
    @TempDir
    Path folder;

    private Path index;

    @BeforeEach
    void write() throws IOException {
        IndexFiles.megaDepthPhotos(folder);
        index = Files.createDirectory(folder.resolve("megadepth_test_1500_scene_info")).resolve("0015_0.1_0.3.npz");
        Files.write(index, IndexFiles.megaDepth());
    }

    /** The relative poses as numpy gives them: poses[j] @ inv(poses[i]). */
    @Test
    void readsWhatNumpyWrote() throws IOException {
        EvaluationSet set = PoseSets.readAll(folder).get(0);
        assertEquals(2, set.pairs().size());
        EvaluationPair pair = set.pairs().get(1);
        assertEquals("1-b-c", pair.name());
        assertEquals("0015_0.1_0.3", pair.group());
        assertEquals("Undistorted_SfM/0015/images/b.jpg", pair.first().name());
        PairTruth.RelativePose truth = (PairTruth.RelativePose) pair.truth();
        assertEquals(new Intrinsics(510, 511, 320.5, 240.25), truth.first());
        assertEquals(520, truth.second().fx());
        assertArrayEquals(new double[] {0.95533649, 0, -0.29552021, 0, 1, 0, 0.29552021, 0, 0.95533649},
                truth.relative().rotation(), 1e-8);
        assertArrayEquals(new double[] {-0.06877587, -3, -2.66152967}, truth.relative().translation(), 1e-8);
    }

    @Test
    void theFolderOfTheIndicesWillDoAndFilesMakeOneSet() throws IOException {
        Files.copy(index, index.resolveSibling("0022_0.1_0.3.npz"));
        EvaluationSet set = PoseSets.readAll(index.getParent()).get(0);
        assertEquals(4, set.pairs().size());
        assertEquals("3-b-c", set.pairs().get(3).name());
    }

    @Test
    void aMissingPhotoIsNamed() throws IOException {
        Files.delete(folder.resolve("Undistorted_SfM/0015/images/c.jpg"));
        assertMessage(index + ", image_paths[3]: names 'Undistorted_SfM/0015/images/c.jpg', and there is no such");
    }

    @Test
    void otherArraysAreRefused() throws IOException {
        NpzWriter.write(index, Map.of("pairs", NumpyArray.ofLongs(new long[] {1, 2}, 1, 2)));
        assertMessage(index + ", image_paths: is missing, there are [pairs]");
        NpzWriter.write(index, Map.of("image_paths", NumpyArray.ofLongs(new long[1], 1), "intrinsics",
                NumpyArray.ofDoubles(new double[9], 1, 3, 3), "poses", NumpyArray.ofDoubles(new double[16], 1, 4, 4),
                "pair_infos", NumpyArray.ofLongs(new long[] {0, 0}, 1, 2)));
        assertMessage("pair_infos[0]: does not begin with two indices");
    }

    private void assertMessage(String part) {
        String message = assertThrows(DatasetException.class, () -> PoseSets.readAll(folder)).getMessage();
        assertTrue(message.contains(part), message);
    }
}
