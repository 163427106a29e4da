package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.numpy.NpzReader;
import org.tiepoint.interop.numpy.NpzWriter;
import org.tiepoint.interop.numpy.NumpyArray;
import org.tiepoint.interop.numpy.NumpyType;
import org.tiepoint.match.Matches;

/**
 * A prediction as an .npz file that numpy reads: {@code keypoints0} and {@code keypoints1} (n x 2, float32: x and y in
 * pixels, (0, 0) the centre of the top-left pixel), {@code scores0} and {@code scores1} (n, float32, the detector's),
 * {@code matches} (m x 2, int32: indices), {@code match_scores} (m, float32), {@code image_sizes} (2 x 2, int32: width
 * and height), {@code seconds} (2, float64: an image's features, the matching). Sizes and angles of key points are not
 * kept.
 */
public final class PredictionFile {
    private static final String REMEDY = "; remove the file, and the next run makes it again";

    private PredictionFile() {}

    /**
     * Writes a file, whole or not at all.
     *
     * @throws IOException naming the file and the cause
     */
    public static void write(Path file, Prediction prediction) throws IOException {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        Keypoints first = prediction.firstPoints();
        Keypoints second = prediction.secondPoints();
        Matches matches = prediction.matches();
        arrays.put("keypoints0", NumpyArray.ofFloats(first.xy(), first.count(), 2));
        arrays.put("keypoints1", NumpyArray.ofFloats(second.xy(), second.count(), 2));
        arrays.put("scores0", NumpyArray.ofFloats(first.scores(), first.count()));
        arrays.put("scores1", NumpyArray.ofFloats(second.scores(), second.count()));
        arrays.put("matches", NumpyArray.ofInts(matches.indices(), matches.count(), 2));
        arrays.put("match_scores", NumpyArray.ofFloats(matches.scores(), matches.count()));
        ImageSize a = prediction.firstSize();
        ImageSize b = prediction.secondSize();
        arrays.put("image_sizes", NumpyArray.ofInts(new int[] {a.width(), a.height(), b.width(), b.height()}, 2, 2));
        arrays.put("seconds", NumpyArray.ofDoubles(new double[] {prediction.extractSeconds(),
            prediction.matchSeconds()}, 2));
        NpzWriter.write(file, arrays);
    }

    /**
     * Reads a file.
     *
     * @throws DatasetException naming the file, the array and what is wrong with it
     */
    public static Prediction read(Path file) throws DatasetException {
        Map<String, NumpyArray> arrays = NpzReader.read(file);
        Keypoints first = keypoints(file, arrays, "0");
        Keypoints second = keypoints(file, arrays, "1");
        int[] sizes = integers(file, arrays, "image_sizes", 2, 2);
        for (int size : sizes) {
            if (size < 1) {
                throw new DatasetException(file, "image_sizes", "holds " + size + ", a side must be above 0" + REMEDY);
            }
        }
        double[] seconds = array(file, arrays, "seconds", 2).toDoubles();
        return new Prediction(new ImageSize(sizes[0], sizes[1]), new ImageSize(sizes[2], sizes[3]), first, second,
                matches(file, arrays, first.count(), second.count()), seconds[0], seconds[1]);
    }

    private static Keypoints keypoints(Path file, Map<String, NumpyArray> arrays, String which)
            throws DatasetException {
        String name = "keypoints" + which;
        float[] xy = array(file, arrays, name, -1, 2).toFloats();
        for (int i = 0; i < xy.length; i++) {
            if (!Float.isFinite(xy[i])) {
                throw new DatasetException(file, name, "holds " + xy[i] + " at " + i / 2 + ", a position must be"
                        + " finite" + REMEDY);
            }
        }
        Keypoints plain = Keypoints.ofPositions(xy);
        float[] scores = array(file, arrays, "scores" + which, plain.count()).toFloats();
        return new Keypoints(xy, scores, plain.sizes(), plain.angles());
    }

    private static Matches matches(Path file, Map<String, NumpyArray> arrays, int first, int second)
            throws DatasetException {
        int[] indices = integers(file, arrays, "matches", -1, 2);
        for (int i = 0; i < indices.length; i++) {
            int limit = i % 2 == 0 ? first : second;
            if (indices[i] < 0 || indices[i] >= limit) {
                throw new DatasetException(file, "matches", "match " + i / 2 + " names key point " + indices[i] + " of "
                        + limit + REMEDY);
            }
        }
        return new Matches(indices, array(file, arrays, "match_scores", indices.length / 2).toFloats());
    }

    private static int[] integers(Path file, Map<String, NumpyArray> arrays, String name, int... shape)
            throws DatasetException {
        NumpyArray array = array(file, arrays, name, shape);
        if (array.type() != NumpyType.INT32) {
            throw new DatasetException(file, name, "is " + array + ", expected INT32" + REMEDY);
        }
        return Arrays.stream(array.toLongs()).mapToInt(Math::toIntExact).toArray();
    }

    /** An array of that shape; -1 stands for any size. */
    private static NumpyArray array(Path file, Map<String, NumpyArray> arrays, String name, int... shape)
            throws DatasetException {
        NumpyArray array = arrays.get(name);
        if (array == null) {
            throw new DatasetException(file, name, "is missing, there are " + arrays.keySet() + REMEDY);
        }
        boolean fits = array.shape().length == shape.length;
        for (int d = 0; fits && d < shape.length; d++) {
            fits = shape[d] == -1 || shape[d] == array.shape()[d];
        }
        if (!fits) {
            throw new DatasetException(file, name, "is " + array + ", expected the shape " + Arrays.toString(shape)
                    + REMEDY);
        }
        return array;
    }
}
