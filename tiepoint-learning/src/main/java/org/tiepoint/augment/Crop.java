package org.tiepoint.augment;

import org.tiepoint.image.Image;

/**
 * A picture and the key points in it.
 *
 * @param image  square
 * @param points n x 2, row-major: pixels
 */
public record Crop(Image image, float[] points) {
    /** Number of key points. */
    public int count() {
        return points.length / 2;
    }
}
