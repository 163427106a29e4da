package org.tiepoint.interop.numpy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;

/**
 * The feature files of CAPS (Wang et al., ECCV 2020; extract_features.py): an .npz archive, usually called
 * {@code NAME.caps}, of {@code keypoints} (n x 2: x and y in pixels, (0, 0) the centre of the top-left pixel),
 * {@code scores} (n) and {@code descriptors} (n x d).
 *
 * <p>Departures: the released code leaves {@code scores} empty; here they are the detector's responses. When such a
 * file is read, every score is 1. Sizes and angles are not kept.
 */
public final class CapsFeatureFile {
    private CapsFeatureFile() {}

    /**
     * Writes float32 arrays, whole or not at all. No key points at all is a normal input.
     *
     * @throws IOException naming the file and the cause; a file that was there before is unchanged
     */
    public static void write(Path file, Features features) throws IOException {
        int n = features.keypoints().count();
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        arrays.put("keypoints", NumpyArray.ofFloats(features.keypoints().xy(), n, 2));
        arrays.put("scores", NumpyArray.ofFloats(features.keypoints().scores(), n));
        arrays.put("descriptors", NumpyArray.ofFloats(features.descriptors(), n, features.dimension()));
        NpzWriter.write(file, arrays);
    }

    /**
     * Reads a file; further columns of {@code keypoints} (scale, orientation) are left out.
     *
     * @throws DatasetException naming the file and the array that does not fit
     */
    public static Features read(Path file) throws DatasetException {
        Map<String, NumpyArray> arrays = NpzReader.read(file);
        NumpyArray points = array(file, arrays, "keypoints");
        NumpyArray descriptors = array(file, arrays, "descriptors");
        if (points.shape().length != 2 || points.shape()[1] < 2) {
            throw wrong(file, "keypoints", points, "n x 2");
        }
        int n = points.shape()[0];
        if (descriptors.shape().length != 2 || descriptors.shape()[0] != n || descriptors.shape()[1] < 1) {
            throw wrong(file, "descriptors", descriptors, n + " x d");
        }
        NumpyArray scores = arrays.getOrDefault("scores", NumpyArray.ofFloats(new float[0], 0));
        if (scores.count() != n && scores.count() != 0) {
            throw wrong(file, "scores", scores, String.valueOf(n));
        }
        float[] all = points.toFloats();
        int columns = points.shape()[1];
        float[] xy = new float[2 * n];
        for (int i = 0; i < n; i++) {
            xy[2 * i] = all[columns * i];
            xy[2 * i + 1] = all[columns * i + 1];
        }
        Keypoints plain = Keypoints.ofPositions(xy);
        float[] responses = scores.count() == n ? scores.toFloats() : plain.scores();
        return new Features(new Keypoints(xy, responses, plain.sizes(), plain.angles()), descriptors.shape()[1],
                descriptors.toFloats());
    }

    private static NumpyArray array(Path file, Map<String, NumpyArray> arrays, String name) throws DatasetException {
        NumpyArray array = arrays.get(name);
        if (array == null) {
            throw new DatasetException(file, name, "is missing, there are " + arrays.keySet()
                    + "; extract the features again");
        }
        return array;
    }

    private static DatasetException wrong(Path file, String name, NumpyArray array, String expected) {
        return new DatasetException(file, name, "has the shape " + Arrays.toString(array.shape()) + ", expected "
                + expected + "; extract the features again");
    }
}
