package org.tiepoint.interop.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;

class CapsFeatureFileTest {
    @TempDir
    Path folder;

    @Test
    void writesAndReadsBack() throws IOException {
        Path file = folder.resolve("a.caps");
        Keypoints points = new Keypoints(new float[] {1.5f, 2, 30, 40}, new float[] {0.9f, 0.1f}, new float[2],
                new float[2]);
        CapsFeatureFile.write(file, new Features(points, 3, new float[] {1, 2, 3, 4, 5, 6}));
        Features read = CapsFeatureFile.read(file);
        assertArrayEquals(points.xy(), read.keypoints().xy());
        assertArrayEquals(points.scores(), read.keypoints().scores());
        assertEquals(3, read.dimension());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, read.descriptors());
        Map<String, NumpyArray> arrays = NpzReader.read(file);
        assertEquals(List.of("keypoints", "scores", "descriptors"), List.copyOf(arrays.keySet()));
        assertArrayEquals(new int[] {2, 2}, arrays.get("keypoints").shape());
        assertArrayEquals(new int[] {2}, arrays.get("scores").shape());
        assertArrayEquals(new int[] {2, 3}, arrays.get("descriptors").shape());
    }

    @Test
    void imagesWithoutKeyPointsHaveAFileToo() throws IOException {
        Path file = folder.resolve("a.caps");
        CapsFeatureFile.write(file, new Features(Keypoints.ofPositions(new float[0]), 128, new float[0]));
        Features read = CapsFeatureFile.read(file);
        assertEquals(0, read.keypoints().count());
        assertEquals(128, read.dimension());
    }

    /** The released code: no scores (an empty float64 array); other tools add a scale column. */
    @Test
    void readsFilesOfTheReleasedCode() throws IOException {
        Map<String, NumpyArray> arrays = arrays();
        arrays.put("keypoints", NumpyArray.ofDoubles(new double[] {1, 2, 9, 3, 4, 9}, 2, 3));
        arrays.put("scores", NumpyArray.ofDoubles(new double[0], 0));
        Path file = folder.resolve("a.caps");
        NpzWriter.write(file, arrays);
        Features read = CapsFeatureFile.read(file);
        assertArrayEquals(new float[] {1, 2, 3, 4}, read.keypoints().xy());
        assertArrayEquals(new float[] {1, 1}, read.keypoints().scores());
    }

    @Test
    void refusesArraysThatDoNotFit() throws IOException {
        refuses("keypoints", NumpyArray.ofFloats(new float[4], 4), "has the shape [4], expected n x 2");
        refuses("keypoints", NumpyArray.ofFloats(new float[2], 2, 1), "expected n x 2");
        refuses("descriptors", NumpyArray.ofFloats(new float[9], 3, 3), "has the shape [3, 3], expected 2 x d");
        refuses("descriptors", NumpyArray.ofFloats(new float[0], 2, 0), "expected 2 x d");
        refuses("scores", NumpyArray.ofFloats(new float[3], 3), "has the shape [3], expected 2");
        Map<String, NumpyArray> missing = arrays();
        missing.remove("descriptors");
        Path file = folder.resolve("a.caps");
        NpzWriter.write(file, missing);
        String message = assertThrows(DatasetException.class, () -> CapsFeatureFile.read(file)).getMessage();
        assertTrue(message.startsWith(file + ", descriptors: is missing, there are [keypoints, scores]"), message);
    }

    private void refuses(String name, NumpyArray array, String problem) throws IOException {
        Map<String, NumpyArray> arrays = arrays();
        arrays.put(name, array);
        Path file = folder.resolve("a.caps");
        NpzWriter.write(file, arrays);
        String message = assertThrows(DatasetException.class, () -> CapsFeatureFile.read(file)).getMessage();
        assertTrue(message.startsWith(file + ", " + name + ": ") && message.contains(problem), message);
    }

    private static Map<String, NumpyArray> arrays() {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        arrays.put("keypoints", NumpyArray.ofFloats(new float[4], 2, 2));
        arrays.put("scores", NumpyArray.ofFloats(new float[2], 2));
        arrays.put("descriptors", NumpyArray.ofFloats(new float[6], 2, 3));
        return arrays;
    }
}
