package org.tiepoint.onnx;

import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;

/**
 * An image as an exported network takes it: reduced to a greatest side, and padded on the right and at the bottom.
 *
 * @param planes       3 x paddedHeight x paddedWidth, red, green and blue from 0 to 1
 * @param width        of the reduced image, without padding
 * @param height       of the reduced image, without padding
 * @param paddedWidth  the input's
 * @param paddedHeight the input's
 * @param scaleX       reduced pixels a pixel of the image
 * @param scaleY       reduced pixels a pixel of the image
 */
record InputFrame(float[] planes, int width, int height, int paddedWidth, int paddedHeight, double scaleX,
        double scaleY) {
    private static final float[] MEAN_COLOUR = {0.485f, 0.456f, 0.406f};

    static InputFrame of(Image image, ModelCard.Input input, int maxSide) {
        double scale = Math.min(1, (double) maxSide / Math.max(image.width(), image.height()));
        int width = Math.max(1, (int) Math.round(image.width() * scale));
        int height = Math.max(1, (int) Math.round(image.height() * scale));
        int paddedWidth = padded(width, input);
        int paddedHeight = padded(height, input);
        float[] planes = planes(ImageResizer.resize(image, width, height), paddedWidth, paddedHeight, input.padding());
        return new InputFrame(planes, width, height, paddedWidth, paddedHeight, (double) width / image.width(),
                (double) height / image.height());
    }

    /** Pixels of the image to pixels of the input. */
    double inputX(double x) {
        return (x + 0.5) * scaleX - 0.5;
    }

    /** Pixels of the image to pixels of the input. */
    double inputY(double y) {
        return (y + 0.5) * scaleY - 0.5;
    }

    /** Pixels of the input to pixels of the image, n x 2. */
    float[] imagePixels(float... xy) {
        float[] pixels = new float[xy.length];
        for (int i = 0; i < xy.length; i++) {
            pixels[i] = (float) ((xy[i] + 0.5) / (i % 2 == 0 ? scaleX : scaleY) - 0.5);
        }
        return pixels;
    }

    private static int padded(int side, ModelCard.Input input) {
        int least = Math.max(side, input.minimumSide());
        return (least + input.multiple() - 1) / input.multiple() * input.multiple();
    }

    private static float[] planes(Image image, int width, int height, ModelCard.Padding padding) {
        float[] planes = new float[3 * width * height];
        byte[] rgb = image.rgb();
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < height; y++) {
                int row = Math.min(y, image.height() - 1);
                for (int x = 0; x < width; x++) {
                    boolean outside = y >= image.height() || x >= image.width();
                    planes[(c * height + y) * width + x] = outside && padding == ModelCard.Padding.MEAN_COLOUR
                            ? MEAN_COLOUR[c]
                            : (rgb[3 * (row * image.width() + Math.min(x, image.width() - 1)) + c] & 0xFF) / 255f;
                }
            }
        }
        return planes;
    }
}
