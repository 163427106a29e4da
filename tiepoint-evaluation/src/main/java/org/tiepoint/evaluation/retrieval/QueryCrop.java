package org.tiepoint.evaluation.retrieval;

import org.tiepoint.image.Image;

/** The part of a photo that a query shows. */
final class QueryCrop {
    private QueryCrop() {}

    /**
     * Cuts a box out, its sides rounded to whole pixels as PIL's crop does. Departure from PIL: what lies outside of the
     * photo is left out, not black.
     *
     * @param box left, top, right, bottom in pixels
     */
    static Image of(Image photo, double[] box) {
        int left = clamp(box[0], photo.width() - 1);
        int top = clamp(box[1], photo.height() - 1);
        int right = Math.max(left + 1, clamp(box[2], photo.width()));
        int bottom = Math.max(top + 1, clamp(box[3], photo.height()));
        int width = right - left;
        byte[] rgb = new byte[3 * width * (bottom - top)];
        for (int y = top; y < bottom; y++) {
            System.arraycopy(photo.rgb(), 3 * (y * photo.width() + left), rgb, 3 * (y - top) * width, 3 * width);
        }
        return new Image(width, bottom - top, rgb);
    }

    private static int clamp(double value, int max) {
        return (int) Math.max(0, Math.min(max, Math.rint(value)));
    }
}
