package org.tiepoint.onnx;

import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;

/**
 * Cuts square patches out of an image, turned and scaled, by bilinear interpolation in the image reduced to the next
 * finer of the sizes 1, 1/sqrt(2), 1/2, ... by averaging areas; its border pixels continue outside. Keeps the reduced
 * image of the last patch: patches in the order of their scales reduce it once a size. Not thread-safe.
 */
final class PatchSampler {
    private static final int SMALLEST_SIDE = 2;

    private final Image image;
    private final int levels;
    private Image reduced;
    private int level;

    PatchSampler(Image image) {
        this.image = image;
        this.reduced = image;
        int smaller = Math.min(image.width(), image.height());
        int last = 0;
        while (side(smaller, last + 1) >= SMALLEST_SIDE) {
            last++;
        }
        levels = last;
    }

    /**
     * Writes a patch.
     *
     * @param x       its centre in the image
     * @param y       its centre in the image
     * @param scale   pixels of the image a pixel of the patch, above 0
     * @param degrees where the patch's x-axis points in the image, clockwise
     * @param side    of the patch in its pixels
     * @param planes  takes 3 x side x side numbers, red, green and blue from 0 to 1
     * @param at      where in them
     */
    void sample(double x, double y, double scale, double degrees, int side, float[] planes, int at) {
        reduce(scale);
        double scaleX = (double) reduced.width() / image.width();
        double scaleY = (double) reduced.height() / image.height();
        double alongX = scale * Math.cos(Math.toRadians(degrees));
        double alongY = scale * Math.sin(Math.toRadians(degrees));
        double centre = (side - 1) / 2.0;
        for (int v = 0; v < side; v++) {
            for (int u = 0; u < side; u++) {
                double px = x + alongX * (u - centre) - alongY * (v - centre);
                double py = y + alongY * (u - centre) + alongX * (v - centre);
                interpolate((px + 0.5) * scaleX - 0.5, (py + 0.5) * scaleY - 0.5, planes, at + v * side + u,
                        side * side);
            }
        }
    }

    private void reduce(double scale) {
        int needed = (int) Math.max(0, Math.min(levels, Math.floor(2 * Math.log(scale) / Math.log(2) + 1e-6)));
        if (needed != level) {
            reduced = ImageResizer.resize(image, side(image.width(), needed), side(image.height(), needed));
            level = needed;
        }
    }

    private static int side(int whole, int level) {
        return (int) Math.round(whole * Math.pow(2, -level / 2.0));
    }

    private void interpolate(double x, double y, float[] planes, int at, int area) {
        double inX = Math.max(0, Math.min(reduced.width() - 1, x));
        double inY = Math.max(0, Math.min(reduced.height() - 1, y));
        int left = (int) inX;
        int top = (int) inY;
        int right = Math.min(left + 1, reduced.width() - 1);
        int bottom = Math.min(top + 1, reduced.height() - 1);
        double across = inX - left;
        double down = inY - top;
        for (int c = 0; c < 3; c++) {
            double upper = value(left, top, c) * (1 - across) + value(right, top, c) * across;
            double lower = value(left, bottom, c) * (1 - across) + value(right, bottom, c) * across;
            planes[at + c * area] = (float) ((upper * (1 - down) + lower * down) / 255);
        }
    }

    private int value(int x, int y, int channel) {
        return reduced.rgb()[3 * (y * reduced.width() + x) + channel] & 0xFF;
    }
}
