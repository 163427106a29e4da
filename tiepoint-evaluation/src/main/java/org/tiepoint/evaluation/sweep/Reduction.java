package org.tiepoint.evaluation.sweep;

import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;

/**
 * Makes a photo smaller: every new pixel is the mean of the area that it covers, which keeps fine detail from turning
 * into false patterns. Sides are rounded to whole pixels, and the homography follows the rounded ones.
 */
final class Reduction {
    private Reduction() {}

    /** @param factor at least 1; 2 halves both sides */
    static VariedImage of(Image photo, double factor) {
        Image reduced = ImageResizer.resize(photo, side(photo.width(), factor), side(photo.height(), factor));
        double across = (double) reduced.width() / photo.width();
        double down = (double) reduced.height() / photo.height();
        return new VariedImage(reduced,
                new double[] {across, 0, (across - 1) / 2, 0, down, (down - 1) / 2, 0, 0, 1});
    }

    private static int side(int pixels, double factor) {
        return Math.max(1, (int) Math.round(pixels / factor));
    }
}
