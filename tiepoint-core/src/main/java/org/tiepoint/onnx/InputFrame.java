package org.tiepoint.onnx;

import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;

/**
 * An image as an exported network takes it: reduced to a greatest side, and padded on the right and at the bottom. It
 * runs as a whole or in {@link Tile}s.
 *
 * @param image        reduced, without padding
 * @param input        what the network takes
 * @param paddedWidth  the input's
 * @param paddedHeight the input's
 * @param scaleX       reduced pixels a pixel of the image
 * @param scaleY       reduced pixels a pixel of the image
 */
record InputFrame(Image image, ModelCard.Input input, int paddedWidth, int paddedHeight, double scaleX,
        double scaleY) {
    static InputFrame of(Image image, ModelCard.Input input, int maxSide) {
        double scale = Math.min(1, (double) maxSide / Math.max(image.width(), image.height()));
        int width = Math.max(1, (int) Math.round(image.width() * scale));
        int height = Math.max(1, (int) Math.round(image.height() * scale));
        return new InputFrame(ImageResizer.resize(image, width, height), input, padded(width, input),
                padded(height, input), (double) width / image.width(), (double) height / image.height());
    }

    /** A side with its padding. */
    static int padded(int side, ModelCard.Input input) {
        return ceil(Math.max(side, input.minimumSide()), input.multiple());
    }

    /** The next multiple of a number. */
    static int ceil(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    int width() {
        return image.width();
    }

    int height() {
        return image.height();
    }

    /** Pixels of the image to pixels of the input. */
    double inputX(double x) {
        return (x + 0.5) * scaleX - 0.5;
    }

    /** Pixels of the image to pixels of the input. */
    double inputY(double y) {
        return (y + 0.5) * scaleY - 0.5;
    }

    /** Pixels of the input to pixels of the image. */
    float imageX(double x) {
        return (float) ((x + 0.5) / scaleX - 0.5);
    }

    /** Pixels of the input to pixels of the image. */
    float imageY(double y) {
        return (float) ((y + 0.5) / scaleY - 0.5);
    }
}
