package org.tiepoint.interop.hloc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tiepoint.interop.numpy.NumpyArray;

/**
 * Writes global descriptors as hloc does: an HDF5 file with a group an image of {@code global_descriptor} (d float32).
 * Every image is kept from the moment it is written; see {@link HlocFeaturesWriter}. Safe for use by several threads.
 */
public final class HlocGlobalDescriptorsWriter implements AutoCloseable {
    private final Hdf5Appender file;

    private HlocGlobalDescriptorsWriter(Hdf5Appender file) {
        this.file = file;
    }

    /**
     * Opens a file to write to: a new one, one to extend, or one that a killed run left unfinished.
     *
     * @throws IOException naming the file and what is wrong with it
     */
    public static HlocGlobalDescriptorsWriter open(Path file) throws IOException {
        return new HlocGlobalDescriptorsWriter(new Hdf5Appender(file));
    }

    /** Whether the image's descriptor is there already. */
    public boolean contains(String image) {
        return file.contains(image);
    }

    /**
     * Adds an image.
     *
     * @param image path below the image folder, with '/'
     * @throws IOException when it is there already or the disk is full
     */
    public void write(String image, float[] descriptor) throws IOException {
        file.append(image, List.of(new Hdf5Dataset("global_descriptor",
                NumpyArray.ofFloats(descriptor, descriptor.length))));
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
}
