package org.tiepoint.dataset.pairs;

import java.io.IOException;
import java.util.List;

/**
 * Chooses the images to match with each other. The same names in the same order give the same pairs. Implementations
 * are immutable and safe for use by several threads.
 */
@FunctionalInterface
public interface PairGenerator {
    /**
     * The pairs, each once whatever its order, none of an image with itself; in the order of the images.
     *
     * @param imageNames different names, in the order of the sequence where they are one; none and one are normal inputs
     * @throws IOException              when what the generator goes by (a list, a scene) does not fit the names
     * @throws IllegalArgumentException when a name comes twice
     */
    List<NamePair> pairs(List<String> imageNames) throws IOException;
}
