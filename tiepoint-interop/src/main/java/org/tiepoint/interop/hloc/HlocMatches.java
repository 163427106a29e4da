package org.tiepoint.interop.hloc;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.match.Matches;

/**
 * Reads matches in hloc's HDF5 layout, whoever wrote them: see {@link HlocMatchesWriter}. A pair is found in either order
 * and under the older name too, as hloc finds it (utils/io.py). Not safe for threads.
 */
public final class HlocMatches implements AutoCloseable {
    private final Path path;
    private final Hdf5Reader file;

    private HlocMatches(Path path, Hdf5Reader file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens a file.
     *
     * @throws DatasetException naming the file when there is none, or it is no HDF5 file
     */
    public static HlocMatches open(Path path) throws DatasetException {
        return new HlocMatches(path, Hdf5Reader.open(path));
    }

    /**
     * The matches of a pair, in the order of the key points of the image that the file has first; scores are 1 where the
     * file has none. Empty when the file has no such pair.
     *
     * @throws DatasetException naming the file, the pair and the array that does not fit
     */
    public Optional<Matches> matches(String first, String second) throws DatasetException {
        for (String group : new String[] {PairNames.of(first, second), PairNames.old(first, second)}) {
            if (file.has(group, "matches0")) {
                return Optional.of(read(group, false));
            }
        }
        for (String group : new String[] {PairNames.of(second, first), PairNames.old(second, first)}) {
            if (file.has(group, "matches0")) {
                return Optional.of(read(group, true));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        file.close();
    }

    private Matches read(String group, boolean reverse) throws DatasetException {
        int[] partners = file.ints(group, "matches0");
        float[] scores = file.has(group, "matching_scores0") ? file.floats(group, "matching_scores0")
                : ones(partners.length);
        if (scores.length != partners.length) {
            throw new DatasetException(path, group + "/matching_scores0", "has " + scores.length + " numbers, matches0 "
                    + partners.length + "; match again");
        }
        int[] indices = new int[2 * partners.length];
        float[] kept = new float[partners.length];
        int count = 0;
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] < -1) {
                throw new DatasetException(path, group + "/matches0", "element " + i + " is " + partners[i]
                        + ", expected an index or -1; match again");
            }
            if (partners[i] >= 0) {
                indices[2 * count] = reverse ? partners[i] : i;
                indices[2 * count + 1] = reverse ? i : partners[i];
                kept[count++] = scores[i];
            }
        }
        return new Matches(Arrays.copyOf(indices, 2 * count), Arrays.copyOf(kept, count));
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
