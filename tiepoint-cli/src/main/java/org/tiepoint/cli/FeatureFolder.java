package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Features;
import org.tiepoint.image.Image;
import org.tiepoint.interop.numpy.CapsFeatureFile;
import org.tiepoint.interop.text.ColmapTextFeatures;

/**
 * A file an image, in a folder.
 *
 * @param folder is there
 * @param colmap text for COLMAP, else CAPS's npz
 */
record FeatureFolder(Path folder, boolean colmap) implements FeatureSink {
    @Override
    public boolean contains(String image) {
        Path file = file(image);
        if (!Files.exists(file)) {
            return false;
        }
        if (colmap) {
            return true; // written whole or not at all
        }
        try {
            CapsFeatureFile.read(file);
            return true;
        } catch (DatasetException e) {
            return false;
        }
    }

    @Override
    public void write(String name, Image image, Features features) throws IOException {
        Path file = file(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (colmap) {
            ColmapTextFeatures.write(file, features);
        } else {
            CapsFeatureFile.write(file, features);
        }
    }

    private Path file(String image) {
        return folder.resolve(image + (colmap ? ".txt" : ".caps"));
    }
}
