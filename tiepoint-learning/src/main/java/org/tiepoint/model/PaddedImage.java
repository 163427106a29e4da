package org.tiepoint.model;

import java.util.List;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.network.ImageNormalisation;
import org.tiepoint.tensor.Tensor;

/**
 * An image as a network sees it: reduced to a greatest side, and padded on the right and at the bottom to multiples of
 * 16 by the repeated border.
 *
 * @param input  1 x 3 x H x W, normalised
 * @param width  of the reduced image, without padding
 * @param height of the reduced image, without padding
 * @param scaleX reduced pixels a pixel of the image
 * @param scaleY reduced pixels a pixel of the image
 */
record PaddedImage(Tensor input, int width, int height, double scaleX, double scaleY) {
    private static final int MULTIPLE = 16;

    static PaddedImage of(Image image, int maxSide) {
        double scale = Math.min(1, (double) maxSide / Math.max(image.width(), image.height()));
        int width = Math.max(1, (int) Math.round(image.width() * scale));
        int height = Math.max(1, (int) Math.round(image.height() * scale));
        Tensor tensor = ImageNormalisation.batch(List.of(ImageResizer.resize(image, width, height)));
        return new PaddedImage(tensor.padRepeating(0, padding(width), 0, padding(height)), width, height,
                (double) width / image.width(), (double) height / image.height());
    }

    private static int padding(int side) {
        return (side + MULTIPLE - 1) / MULTIPLE * MULTIPLE - side;
    }

    /** Pixels of the image, n x 2, to normalised positions of the input: 1 x n x 2. */
    Tensor positions(float... xy) {
        float[] scaled = new float[xy.length];
        for (int i = 0; i < xy.length; i++) {
            double scale = i % 2 == 0 ? scaleX : scaleY;
            scaled[i] = (float) ((xy[i] + 0.5) * scale - 0.5);
        }
        return DifferentiableMatching.normalise(Tensor.of(scaled, 1, xy.length / 2, 2), (int) input.size(3),
                (int) input.size(2));
    }

    /** Pixels of the reduced image to pixels of the image, n x 2. */
    float[] pixels(float... xy) {
        float[] pixels = new float[xy.length];
        for (int i = 0; i < xy.length; i++) {
            double scale = i % 2 == 0 ? scaleX : scaleY;
            pixels[i] = (float) ((xy[i] + 0.5) / scale - 0.5);
        }
        return pixels;
    }
}
