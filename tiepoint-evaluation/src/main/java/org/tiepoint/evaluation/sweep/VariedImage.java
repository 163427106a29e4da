package org.tiepoint.evaluation.sweep;

import org.tiepoint.image.Image;

/**
 * An image made from another one.
 *
 * @param image      the new one
 * @param homography row-major 3x3, pixels of the other image to pixels of this one; shared, not copied
 */
public record VariedImage(Image image, double[] homography) {
    public VariedImage {
        if (homography.length != 9) {
            throw new IllegalArgumentException("a homography takes 9 numbers, got " + homography.length);
        }
    }

    /** Every pixel stays where it is. */
    static VariedImage inPlace(Image image) {
        return new VariedImage(image, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    }
}
