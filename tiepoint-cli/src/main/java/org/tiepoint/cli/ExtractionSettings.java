package org.tiepoint.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.file.AtomicFile;

/**
 * How the features in a folder were made, kept beside them so that a later run does not mix two kinds.
 *
 * @param model        as given on the command line
 * @param detector     its name
 * @param maxKeypoints an image
 */
record ExtractionSettings(String model, String detector, int maxKeypoints) {
    private static final String FILE = "extract.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static ExtractionSettings of(FeatureSpec model, KeypointOptions keypoints) throws IOException {
        return new ExtractionSettings(keypoints.chosen(model).name(), keypoints.detectorName(model),
                model.maxKeypoints(keypoints.maxKeypoints()));
    }

    /**
     * Marks the folder with these settings, or checks that it has them.
     *
     * @throws DatasetException when the folder's features were made otherwise
     */
    void claim(Path folder) throws IOException {
        claimWith(folder.resolve(FILE), "features", "--out");
    }

    /** As {@link #claim(Path)} for a folder of pictures. */
    void claimPictures(Path folder) throws IOException {
        claimWith(folder.resolve(FILE), "pictures", "--pictures");
    }

    /** As {@link #claim(Path)} for features in one file: the settings lie beside it. */
    void claimFile(Path features) throws IOException {
        claimWith(features.resolveSibling(features.getFileName() + "." + FILE), "features", "--out");
    }

    private void claimWith(Path file, String what, String option) throws IOException {
        if (Files.exists(file)) {
            ExtractionSettings there = read(file);
            if (!there.equals(this)) {
                throw new DatasetException(file, "", "the " + what + " here were made with --model " + there.model
                        + " --detector " + there.detector + " --max-keypoints " + there.maxKeypoints
                        + ": give the same, or another " + option);
            }
            return;
        }
        byte[] text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
        AtomicFile.write(file, out -> out.write(text));
    }

    private static ExtractionSettings read(Path file) throws IOException {
        try {
            return MAPPER.readValue(file.toFile(), ExtractionSettings.class);
        } catch (JacksonException e) {
            throw new DatasetException(file, "", "is damaged (" + e.getOriginalMessage()
                    + "): delete it and the features beside it, and extract again");
        }
    }
}
