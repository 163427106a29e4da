package org.tiepoint.dataset.pairs;

/**
 * Two different images by name.
 *
 * @param first  relative to the folder of images, with forward slashes
 * @param second likewise
 */
public record NamePair(String first, String second) {
    public NamePair {
        if (first.equals(second)) {
            throw new IllegalArgumentException("image " + first + " cannot be paired with itself");
        }
    }

    /** The same two images the other way round. */
    public NamePair swapped() {
        return new NamePair(second, first);
    }
}
