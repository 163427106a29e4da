package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Features;
import org.tiepoint.interop.colmap.FeatureStore;
import org.tiepoint.interop.hloc.HlocFeatures;
import org.tiepoint.interop.numpy.CapsFeatureFile;

/** What {@code tiepoint extract} wrote: a folder of npz files, or a file in hloc's layout. Not thread-safe. */
interface FeatureFiles extends FeatureStore, AutoCloseable {
    /** Where features lie that no place was named for: beside the database. */
    static Path beside(Path database) {
        return database.resolveSibling(database.getFileName() + ".features");
    }

    /** Opens either. */
    static FeatureFiles open(Path place) throws IOException {
        if (!Files.exists(place)) {
            throw new DatasetException(place, "", "there are no features: make them with tiepoint extract --out "
                    + place + ", or give --model");
        }
        return Files.isDirectory(place) ? new InFolder(place) : InFile.open(place);
    }

    /** Whether there are features of an image. */
    boolean has(String name);

    @Override
    default void close() throws IOException {}

    /** Image a/1.jpg has a/1.jpg.caps. */
    record InFolder(Path folder) implements FeatureFiles {
        @Override
        public boolean has(String name) {
            return Files.exists(folder.resolve(name + ".caps"));
        }

        @Override
        public Features read(String name) throws IOException {
            return CapsFeatureFile.read(folder.resolve(name + ".caps"));
        }
    }

    /** Image a/1.jpg has the group a/1.jpg. */
    record InFile(HlocFeatures file, Set<String> names) implements FeatureFiles {
        private static InFile open(Path place) throws IOException {
            HlocFeatures file = HlocFeatures.open(place);
            try {
                return new InFile(file, Set.copyOf(file.images()));
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }

        @Override
        public boolean has(String name) {
            return names.contains(name);
        }

        @Override
        public Features read(String name) throws IOException {
            return file.features(name);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
