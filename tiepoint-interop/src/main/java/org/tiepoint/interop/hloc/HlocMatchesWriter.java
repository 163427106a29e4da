package org.tiepoint.interop.hloc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tiepoint.interop.numpy.NumpyArray;
import org.tiepoint.match.Matches;

/**
 * Writes matches as hloc does (match_features.py): an HDF5 file with a group a pair, named by both images with '/'
 * replaced by '-', of {@code matches0} (for every key point of the first image the index of its match in the second, or
 * -1) and {@code matching_scores0} (its score, or 0). Indices refer to the features in the h5 file of the same run.
 *
 * <p>Every pair is kept from the moment it is written: after a kill, open the same file again and go on. The file gets
 * its name, and what was added its place in it, by {@link #finish}. Departure from hloc: indices have 32 bits instead of
 * 16, which end at 32,767. Safe for use by several threads.
 */
public final class HlocMatchesWriter implements AutoCloseable {
    private final Hdf5Appender file;

    private HlocMatchesWriter(Hdf5Appender file) {
        this.file = file;
    }

    /**
     * Opens a file to write to: a new one, one to extend, or one that a killed run left unfinished.
     *
     * @throws IOException naming the file and what is wrong with it
     */
    public static HlocMatchesWriter open(Path file) throws IOException {
        return new HlocMatchesWriter(new Hdf5Appender(file));
    }

    /** Whether the pair's matches are there already, in this order or the other. */
    public boolean contains(String first, String second) {
        return file.contains(PairNames.of(first, second)) || file.contains(PairNames.of(second, first))
                || file.contains(PairNames.old(first, second)) || file.contains(PairNames.old(second, first));
    }

    /**
     * Adds a pair; no matches at all is a normal input.
     *
     * @param first      path of the image below the image folder, with '/'
     * @param firstCount key points of the first image
     * @throws IllegalArgumentException when a key point of the first image has two matches, or an index is too high
     * @throws IOException              when the pair is there already or the disk is full
     */
    public void write(String first, String second, int firstCount, Matches matches) throws IOException {
        int[] partners = new int[firstCount];
        Arrays.fill(partners, -1);
        float[] scores = new float[firstCount];
        for (int i = 0; i < matches.count(); i++) {
            int from = matches.first(i);
            if (from >= firstCount || partners[from] >= 0) {
                throw new IllegalArgumentException("match " + i + " of " + first + " and " + second + " is of key point "
                        + from + (from >= firstCount ? " of " + firstCount : ", which has another match"));
            }
            partners[from] = matches.second(i);
            scores[from] = matches.scores()[i];
        }
        file.append(PairNames.of(first, second), List.of(
                new Hdf5Dataset("matches0", NumpyArray.ofInts(partners, firstCount)),
                new Hdf5Dataset("matching_scores0", NumpyArray.ofFloats(scores, firstCount))));
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
