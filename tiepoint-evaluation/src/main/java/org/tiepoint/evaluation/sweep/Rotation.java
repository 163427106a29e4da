package org.tiepoint.evaluation.sweep;

import org.tiepoint.image.Image;

/**
 * Turns the middle of a photo about its centre. Both images are the largest square that lies within the photo at every
 * angle, so that neither has a filled border, all angles have the same number of pixels, and a border is what it is in
 * any photo: the end of the picture. Quarter turns move pixels; other angles interpolate by cubic convolution (Keys,
 * IEEE Trans. ASSP 1981, a = -1/2) of 4 x 4 pixels, positions in double precision.
 */
final class Rotation {
    /** Pixels that interpolation reads beyond a position, and half a pixel for the rounded centre. */
    private static final double MARGIN = 2.5;

    private Rotation() {}

    /** The square as it is. */
    static Image upright(Image photo) {
        return turned(photo, 0).image();
    }

    /** The square after a clockwise turn of the photo, with the homography from {@link #upright} to it. */
    static VariedImage turned(Image photo, double degrees) {
        int side = side(photo);
        int left = (photo.width() - side) / 2;
        int top = (photo.height() - side) / 2;
        double cosine = exact(Math.cos(Math.toRadians(degrees)));
        double sine = exact(Math.sin(Math.toRadians(degrees)));
        double centre = (side - 1) / 2.0;
        byte[] rgb = new byte[3 * side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double dx = x - centre;
                double dy = y - centre;
                interpolate(photo, left + centre + cosine * dx + sine * dy, top + centre - sine * dx + cosine * dy, rgb,
                        3 * (y * side + x));
            }
        }
        return new VariedImage(new Image(side, side, rgb), new double[] {
            cosine, -sine, centre - cosine * centre + sine * centre,
            sine, cosine, centre - sine * centre - cosine * centre,
            0, 0, 1});
    }

    /** Half its diagonal and the margin stay within half the photo's shorter side. */
    private static int side(Image photo) {
        double reach = (Math.min(photo.width(), photo.height()) - 1) / 2.0 - MARGIN;
        if (reach < 1) {
            throw new IllegalArgumentException("a photo of " + photo.width() + "x" + photo.height()
                    + " pixels is too small to be turned: give larger ones");
        }
        return 1 + (int) (reach * Math.sqrt(2));
    }

    /** Sines of quarter turns to the last bit. */
    private static double exact(double value) {
        return Math.abs(value - Math.rint(value)) < 1e-12 ? Math.rint(value) : value;
    }

    private static void interpolate(Image photo, double x, double y, byte[] to, int at) {
        int left = (int) Math.floor(x) - 1;
        int top = (int) Math.floor(y) - 1;
        double[] across = weights(x - Math.floor(x));
        double[] down = weights(y - Math.floor(y));
        byte[] rgb = photo.rgb();
        for (int channel = 0; channel < 3; channel++) {
            double sum = 0;
            for (int row = 0; row < 4; row++) {
                int from = 3 * ((top + row) * photo.width() + left) + channel;
                sum += down[row] * (across[0] * (rgb[from] & 0xFF) + across[1] * (rgb[from + 3] & 0xFF)
                        + across[2] * (rgb[from + 6] & 0xFF) + across[3] * (rgb[from + 9] & 0xFF));
            }
            to[at + channel] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
        }
    }

    /** Of the pixels at -1, 0, 1 and 2 for a position t from 0 to 1. */
    private static double[] weights(double t) {
        return new double[] {((-0.5 * t + 1) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1,
            ((-1.5 * t + 2) * t + 0.5) * t, (0.5 * t - 0.5) * t * t};
    }
}
