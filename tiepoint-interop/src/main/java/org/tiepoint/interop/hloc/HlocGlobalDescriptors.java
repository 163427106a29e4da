package org.tiepoint.interop.hloc;

import java.nio.file.Path;
import org.tiepoint.dataset.DatasetException;

/** Reads global descriptors in hloc's layout, whoever wrote them. Not safe for threads. */
public final class HlocGlobalDescriptors implements AutoCloseable {
    private final Hdf5Reader file;

    private HlocGlobalDescriptors(Hdf5Reader file) {
        this.file = file;
    }

    /**
     * Opens a file.
     *
     * @throws DatasetException naming the file when there is none, or it is no HDF5 file
     */
    public static HlocGlobalDescriptors open(Path path) throws DatasetException {
        return new HlocGlobalDescriptors(Hdf5Reader.open(path));
    }

    /**
     * An image's descriptor.
     *
     * @throws DatasetException naming the file and the image that has none
     */
    public float[] descriptor(String image) throws DatasetException {
        return file.floats(image, "global_descriptor");
    }

    @Override
    public void close() {
        file.close();
    }
}
