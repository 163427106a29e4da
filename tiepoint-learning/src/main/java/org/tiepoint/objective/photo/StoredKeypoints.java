package org.tiepoint.objective.photo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.interop.hloc.HlocFeatures;
import org.tiepoint.interop.numpy.CapsFeatureFile;

/** Key points that were extracted before, by the names of photos. Safe for use by several threads. */
public interface StoredKeypoints extends AutoCloseable {
    /**
     * The key points of a photo, best first.
     *
     * @throws IOException when there are none of it, saying where they were looked for
     */
    Keypoints of(Photo photo) throws IOException;

    /** Frees what it holds open. */
    @Override
    void close();

    /**
     * Opens features in hloc's layout (a file; names are paths below the folder of photos) or CAPS's (a folder of
     * {@code NAME.caps} or {@code NAME.npz}, NAME being that path).
     */
    static StoredKeypoints open(Path file) throws IOException {
        return Files.isDirectory(file) ? inFolder(file) : inHdf5(HlocFeatures.open(file));
    }

    private static StoredKeypoints inHdf5(HlocFeatures features) {
        return new StoredKeypoints() {
            @Override
            public Keypoints of(Photo photo) throws IOException {
                synchronized (features) {
                    return features.features(photo.name()).keypoints();
                }
            }

            @Override
            public void close() {
                synchronized (features) {
                    features.close();
                }
            }
        };
    }

    private static StoredKeypoints inFolder(Path folder) {
        return new StoredKeypoints() {
            @Override
            public Keypoints of(Photo photo) throws IOException {
                for (String ending : new String[] {".caps", ".npz"}) {
                    Path file = folder.resolve(photo.name() + ending);
                    if (Files.isRegularFile(file)) {
                        return CapsFeatureFile.read(file).keypoints();
                    }
                }
                throw new DatasetException(folder, photo.name(), "has no " + photo.name() + ".caps or .npz: extract the"
                        + " features of this photo, or leave out the folder of key points");
            }

            @Override
            public void close() {}
        };
    }
}
