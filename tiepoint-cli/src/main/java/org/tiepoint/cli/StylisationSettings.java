package org.tiepoint.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.file.AtomicFile;

/**
 * How the copies in a folder were made, kept beside them so that a later run does not mix two kinds.
 *
 * @param exemplars as given on the command line, or empty
 * @param network   as given on the command line, or empty
 * @param relight   share of photos that are lit anew
 * @param lights    to choose from
 * @param seed      of all draws
 */
record StylisationSettings(String exemplars, String network, double relight, String lights, long seed) {
    private static final String FILE = "stylise.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Marks the folder with these settings, or checks that it has them.
     *
     * @throws DatasetException when the folder's copies were made otherwise
     */
    void claim(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            StylisationSettings there = read(file);
            if (!there.equals(this)) {
                throw new DatasetException(file, "", "the copies here were made with other settings (" + there.line()
                        + "; now " + line() + "): give the same, or another --out");
            }
            return;
        }
        byte[] text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
        AtomicFile.write(file, out -> out.write(text));
    }

    private String line() {
        return (exemplars.isEmpty() ? "" : "--exemplars " + exemplars + " ")
                + (network.isEmpty() ? "" : "--network " + network + " ") + "--relight " + relight + " --lights "
                + lights.replaceAll("[\\[\\] ]", "") + " --seed " + seed;
    }

    private static StylisationSettings read(Path file) throws IOException {
        try {
            return MAPPER.readValue(file.toFile(), StylisationSettings.class);
        } catch (JacksonException e) {
            throw new DatasetException(file, "", "is damaged (" + e.getOriginalMessage()
                    + "): delete it and the copies beside it, and stylise again");
        }
    }
}
