package org.tiepoint.onnx;

import org.tiepoint.image.Image;

/** Images as a network's input. */
final class Planes {
    private Planes() {}

    /**
     * Red, green and blue from 0 to 1, resized by bilinear interpolation around pixel centres without smoothing, as
     * PyTorch's interpolate does.
     *
     * @return 3 x height x width
     */
    static float[] resized(Image image, int width, int height) {
        float[] planes = new float[3 * width * height];
        double scaleX = (double) image.width() / width;
        double scaleY = (double) image.height() / height;
        for (int y = 0; y < height; y++) {
            double fromY = Math.max(0, (y + 0.5) * scaleY - 0.5);
            int top = Math.min(image.height() - 1, (int) fromY);
            int bottom = Math.min(image.height() - 1, top + 1);
            double down = fromY - top;
            for (int x = 0; x < width; x++) {
                double fromX = Math.max(0, (x + 0.5) * scaleX - 0.5);
                int left = Math.min(image.width() - 1, (int) fromX);
                int right = Math.min(image.width() - 1, left + 1);
                double across = fromX - left;
                for (int c = 0; c < 3; c++) {
                    double above = level(image, left, top, c) * (1 - across) + level(image, right, top, c) * across;
                    double below = level(image, left, bottom, c) * (1 - across)
                            + level(image, right, bottom, c) * across;
                    planes[(c * height + y) * width + x] = (float) ((above * (1 - down) + below * down) / 255);
                }
            }
        }
        return planes;
    }

    private static int level(Image image, int x, int y, int channel) {
        return image.rgb()[3 * (y * image.width() + x) + channel] & 0xFF;
    }
}
