package org.tiepoint.interop.hloc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.numpy.NumpyArray;

/**
 * Writes features as hloc does (Sarlin et al., "From Coarse to Fine", CVPR 2019; extract_features.py): an HDF5 file with
 * a group an image, named by its path below the image folder, of {@code keypoints} (n x 2 float32: x and y in pixels of
 * the original image, (0, 0) the centre of the top-left pixel; hloc adds COLMAP's 0.5 itself) with the attribute
 * {@code uncertainty} (pixels), {@code descriptors} (d x n), {@code scores} (n) and {@code image_size} (width, height,
 * int64).
 *
 * <p>Every image is kept from the moment it is written: after a kill, open the same file again and go on. The file gets
 * its name, and what was added its place in it, by {@link #finish}. Departures from hloc: with half precision, hloc
 * rounds the positions too, to whole pixels beyond 1024; here they keep float32. Safe for use by several threads.
 */
public final class HlocFeaturesWriter implements AutoCloseable {
    /** Positions are as exact as a pixel: what hloc takes for detectors that do not say. */
    public static final double USUAL_UNCERTAINTY = 1;

    private final Hdf5Appender file;
    private final boolean half;

    private HlocFeaturesWriter(Hdf5Appender file, boolean half) {
        this.file = file;
        this.half = half;
    }

    /**
     * Opens a file to write to: a new one, one to extend, or one that a killed run left unfinished.
     *
     * @param half descriptors and scores as float16 instead of float32, which hloc does by default
     * @throws IOException naming the file and what is wrong with it
     */
    public static HlocFeaturesWriter open(Path file, boolean half) throws IOException {
        return new HlocFeaturesWriter(new Hdf5Appender(file), half);
    }

    /** Whether the image's features are there already. */
    public boolean contains(String image) {
        return file.contains(image);
    }

    /**
     * Adds an image; no key points at all is a normal input.
     *
     * @param image             path below the image folder, with '/'
     * @param uncertaintyPixels standard deviation of the positions
     * @throws IOException when it is there already or the disk is full
     */
    public void write(String image, Features features, ImageSize size, double uncertaintyPixels) throws IOException {
        Keypoints points = features.keypoints();
        int n = points.count();
        int d = features.dimension();
        float[] columns = new float[n * d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                columns[j * n + i] = features.descriptors()[i * d + j];
            }
        }
        file.append(image, List.of(
                new Hdf5Dataset("keypoints", NumpyArray.ofFloats(points.xy(), n, 2),
                        Map.of("uncertainty", uncertaintyPixels)),
                new Hdf5Dataset("descriptors", numbers(columns, d, n)),
                new Hdf5Dataset("scores", numbers(points.scores(), n)),
                new Hdf5Dataset("image_size", NumpyArray.ofLongs(new long[] {size.width(), size.height()}, 2))));
    }

    /** Gives the file its name; call it when everything is written. */
    public void finish() throws IOException {
        file.finish();
    }

    /** Without {@link #finish}, leaves what was written beside the file for a later run. */
    @Override
    public void close() throws IOException {
        file.close();
    }

    private NumpyArray numbers(float[] values, int... shape) {
        return half ? NumpyArray.ofHalves(values, shape) : NumpyArray.ofFloats(values, shape);
    }
}
