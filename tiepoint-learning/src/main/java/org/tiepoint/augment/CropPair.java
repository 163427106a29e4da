package org.tiepoint.augment;

/**
 * Two crops of one photo that show the same key points: row i of the first crop's points and row i of the second's are
 * one place.
 *
 * @param first      crop
 * @param second     crop of the same size
 * @param homography pixels of the first to pixels of the second, row-major 3x3
 * @param stylised   whether the second was cut from a stylised copy of the photo
 */
public record CropPair(Crop first, Crop second, double[] homography, boolean stylised) {
    public CropPair {
        if (first.count() != second.count()) {
            throw new IllegalArgumentException("crops of " + first.count() + " and " + second.count() + " points");
        }
    }

    /** Number of key points, n. */
    public int count() {
        return first.count();
    }
}
