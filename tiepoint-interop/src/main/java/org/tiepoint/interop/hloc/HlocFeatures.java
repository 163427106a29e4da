package org.tiepoint.interop.hloc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.ImageSize;

/**
 * Reads features in hloc's HDF5 layout, whoever wrote them: see {@link HlocFeaturesWriter}. Arrays may be chunked,
 * compressed, of any width and byte order; further columns of {@code keypoints} and further arrays are left out;
 * {@code scores} and {@code image_size} may be missing. Memory holds the names and one image at a time. Not safe for
 * threads.
 */
public final class HlocFeatures implements AutoCloseable {
    private final Path path;
    private final Hdf5Reader file;

    private HlocFeatures(Path path, Hdf5Reader file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens a file.
     *
     * @throws DatasetException naming the file when there is none, or it is no HDF5 file
     */
    public static HlocFeatures open(Path path) throws DatasetException {
        return new HlocFeatures(path, Hdf5Reader.open(path));
    }

    /** As it was opened. */
    public Path path() {
        return path;
    }

    /** The names of all images with key points, sorted. */
    public List<String> images() throws DatasetException {
        List<String> names = new ArrayList<>();
        for (String name : file.leaves().keySet()) {
            if (file.has(name, "keypoints")) {
                names.add(name);
            }
        }
        return names;
    }

    /** Whether there are features of an image. */
    public boolean contains(String image) throws DatasetException {
        return file.has(image, "keypoints");
    }

    /**
     * The features of an image; sizes are 1 and there are no angles.
     *
     * @param image path below the image folder, with '/'
     * @throws DatasetException naming the file, the image and the array that does not fit
     */
    public Features features(String image) throws DatasetException {
        if (!contains(image)) {
            throw new DatasetException(path, image, "has no features of this image; extract them, or check the name"
                    + " (the path below the image folder, with '/')");
        }
        int[] shape = file.shape(image, "keypoints");
        if (shape.length != 2 || shape[1] < 2) {
            throw wrong(image, "keypoints", shape, "n x 2");
        }
        int n = shape[0];
        int[] columns = file.shape(image, "descriptors");
        if (columns.length != 2 || columns[1] != n || columns[0] < 1) {
            throw wrong(image, "descriptors", columns, "d x " + n);
        }
        float[] all = file.floats(image, "keypoints");
        float[] xy = new float[2 * n];
        for (int i = 0; i < n; i++) {
            xy[2 * i] = all[shape[1] * i];
            xy[2 * i + 1] = all[shape[1] * i + 1];
        }
        Keypoints plain = Keypoints.ofPositions(xy);
        return new Features(new Keypoints(xy, scores(image, plain), plain.sizes(), plain.angles()), columns[0],
                transposed(file.floats(image, "descriptors"), columns[0], n));
    }

    /** Width and height of an image, where the file says so. */
    public Optional<ImageSize> imageSize(String image) throws DatasetException {
        if (!file.has(image, "image_size")) {
            return Optional.empty();
        }
        int[] size = file.ints(image, "image_size");
        if (size.length != 2 || size[0] < 1 || size[1] < 1) {
            throw new DatasetException(path, image + "/image_size", "is " + Arrays.toString(size)
                    + ", expected a width and a height; extract the features again");
        }
        return Optional.of(new ImageSize(size[0], size[1]));
    }

    /** The standard deviation of an image's positions in pixels, where the file says so. */
    public Optional<Double> uncertaintyPixels(String image) throws DatasetException {
        return file.attribute(image, "keypoints", "uncertainty");
    }

    @Override
    public void close() {
        file.close();
    }

    private float[] scores(String image, Keypoints plain) throws DatasetException {
        if (!file.has(image, "scores")) {
            return plain.scores();
        }
        int[] shape = file.shape(image, "scores");
        if (shape.length != 1 || shape[0] != plain.count()) {
            throw wrong(image, "scores", shape, String.valueOf(plain.count()));
        }
        return file.floats(image, "scores");
    }

    private static float[] transposed(float[] columns, int d, int n) {
        float[] rows = new float[n * d];
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < n; i++) {
                rows[i * d + j] = columns[j * n + i];
            }
        }
        return rows;
    }

    private DatasetException wrong(String image, String name, int[] shape, String expected) {
        return new DatasetException(path, image + "/" + name, "has the shape " + Arrays.toString(shape) + ", expected "
                + expected + "; extract the features again");
    }
}
