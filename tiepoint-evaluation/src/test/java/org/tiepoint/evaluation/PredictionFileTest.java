package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.numpy.NpzReader;
import org.tiepoint.interop.numpy.NpzWriter;
import org.tiepoint.interop.numpy.NumpyArray;
import org.tiepoint.match.Matches;

class PredictionFileTest {
    @TempDir
    Path folder;

    private final Prediction prediction = new Prediction(new ImageSize(640, 480), new ImageSize(480, 640),
            new Keypoints(new float[] {1.5f, 2, 3, 4}, new float[] {9, 8}, new float[2], new float[2]),
            new Keypoints(new float[] {5, 6, 7, 8, 9, 10.25f}, new float[] {7, 6, 5}, new float[3], new float[3]),
            new Matches(new int[] {0, 2, 1, 0}, new float[] {-0.5f, 0.75f}), 0.125, 0.25);

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("pair.npz");
        PredictionFile.write(file, prediction);
        Prediction read = PredictionFile.read(file);
        assertEquals(prediction.firstSize(), read.firstSize());
        assertEquals(prediction.secondSize(), read.secondSize());
        assertArrayEquals(prediction.firstPoints().xy(), read.firstPoints().xy());
        assertArrayEquals(prediction.secondPoints().xy(), read.secondPoints().xy());
        assertArrayEquals(prediction.secondPoints().scores(), read.secondPoints().scores());
        assertArrayEquals(prediction.matches().indices(), read.matches().indices());
        assertArrayEquals(prediction.matches().scores(), read.matches().scores());
        assertEquals(0.125, read.extractSeconds());
        assertEquals(0.25, read.matchSeconds());
        assertArrayEquals(new double[] {1.5, 2, 3, 4}, read.points().first());
        assertArrayEquals(new double[] {9, 10.25, 5, 6}, read.points().second());
    }

    @Test
    void nothingFoundIsANormalPrediction() throws IOException {
        Path file = folder.resolve("pair.npz");
        PredictionFile.write(file, Predictions.inOrder(new float[0], new float[] {1, 2}));
        assertEquals(0, PredictionFile.read(file).matches().count());
    }

    @Test
    void damageIsNamed() throws IOException {
        assertDamage("matches", NumpyArray.ofInts(new int[] {0, 3, 1, 0}, 2, 2),
                "matches: match 0 names key point 3 of 3");
        assertDamage("matches", NumpyArray.ofInts(new int[] {0, 1, -1, 0}, 2, 2), "names key point -1 of 2");
        assertDamage("matches", NumpyArray.ofInts(new int[] {0, 1}, 1, 2), "match_scores: is FLOAT32[2], expected");
        assertDamage("keypoints0", NumpyArray.ofFloats(new float[] {1, 2, Float.NaN, 4}, 2, 2), "holds NaN at 1");
        assertDamage("keypoints1", NumpyArray.ofFloats(new float[] {1, 2, 3}, 3), "expected the shape [-1, 2]");
        assertDamage("image_sizes", NumpyArray.ofInts(new int[] {0, 1, 2, 3}, 2, 2), "a side must be above 0");
        assertDamage("image_sizes", NumpyArray.ofDoubles(new double[4], 2, 2), "expected INT32");
    }

    private void assertDamage(String name, NumpyArray array, String part) throws IOException {
        Path file = folder.resolve("pair.npz");
        PredictionFile.write(file, prediction);
        Map<String, NumpyArray> arrays = new LinkedHashMap<>(NpzReader.read(file));
        arrays.put(name, array);
        NpzWriter.write(file, arrays);
        String message = assertThrows(DatasetException.class, () -> PredictionFile.read(file)).getMessage();
        assertTrue(message.startsWith(file.toString()) && message.contains(part)
                && message.endsWith("remove the file, and the next run makes it again"), message);
    }
}
