package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tiepoint.interop.hloc.HlocFeaturesWriter;

/** The formats of feature files, by their names on the command line. */
enum FeatureFormat {
    NPZ("npz"),
    H5("h5"),
    COLMAP_TEXT("colmap-text");

    private final String word;

    FeatureFormat(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }

    /**
     * Opens the place for features, to go on with or new.
     *
     * @param out      a folder; with {@link #H5} a file
     * @param half     h5 with 16-bit descriptors
     * @param settings that everything in this place was made with
     */
    FeatureSink open(Path out, boolean half, ExtractionSettings settings) throws IOException {
        if (this == H5) {
            Path parent = out.toAbsolutePath().getParent();
            if (Files.isDirectory(out) || parent == null) {
                throw new IOException(out + " is a folder: with --format h5, --out names a file, such as "
                        + out.resolve("features.h5"));
            }
            Files.createDirectories(parent);
            settings.claimFile(out);
            return new FeatureHdf5(HlocFeaturesWriter.open(out, half));
        }
        Files.createDirectories(out);
        settings.claim(out);
        return new FeatureFolder(out, this == COLMAP_TEXT);
    }
}
