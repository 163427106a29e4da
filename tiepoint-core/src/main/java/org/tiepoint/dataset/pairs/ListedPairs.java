package org.tiepoint.dataset.pairs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tiepoint.dataset.DatasetException;

/** The pairs that a file lists ({@link PairsFile}). */
public final class ListedPairs implements PairGenerator {
    private final Path file;
    private final List<NamePair> listed;

    private ListedPairs(Path file, List<NamePair> listed) {
        this.file = file;
        this.listed = listed;
    }

    /** Reads the list. */
    public static ListedPairs read(Path file) throws IOException {
        return new ListedPairs(file, PairsFile.read(file));
    }

    /** @throws DatasetException when the list names an image that is not among these */
    @Override
    public List<NamePair> pairs(List<String> imageNames) throws DatasetException {
        Map<String, Integer> places = DistinctPairs.places(imageNames);
        DistinctPairs pairs = new DistinctPairs(imageNames);
        for (NamePair pair : listed) {
            pairs.add(place(pair.first(), places), place(pair.second(), places));
        }
        return pairs.toList();
    }

    private int place(String name, Map<String, Integer> places) throws DatasetException {
        Integer place = places.get(name);
        if (place == null) {
            throw new DatasetException(file, "", "names image '" + name + "', which is not among the "
                    + places.size() + " images" + (places.isEmpty() ? "" : " (such as '"
                    + places.keySet().stream().sorted().findFirst().get() + "')")
                    + ": write names relative to the folder of images");
        }
        return place;
    }
}
