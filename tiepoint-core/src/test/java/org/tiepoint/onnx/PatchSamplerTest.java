package org.tiepoint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.image.TestImages;

class PatchSamplerTest {
    private static final int SIDE = 8;

    private final Image image = TestImages.blobs(60, 40, 3);

    private static float[] patch(Image of, double x, double y, double scale, double degrees) {
        float[] planes = new float[5 + 3 * SIDE * SIDE];
        new PatchSampler(of).sample(x, y, scale, degrees, SIDE, planes, 5);
        return planes;
    }

    private static float value(Image of, int x, int y, int channel) {
        return (of.rgb()[3 * (y * of.width() + x) + channel] & 0xFF) / 255f;
    }

    /** The centre of an even patch lies between pixels. */
    @Test
    void uprightPatchesAreTheImagesPixels() {
        float[] planes = patch(image, 20.5, 15.5, 1, 0);
        for (int c = 0; c < 3; c++) {
            for (int v = 0; v < SIDE; v++) {
                for (int u = 0; u < SIDE; u++) {
                    assertEquals(value(image, 17 + u, 12 + v, c), planes[5 + (c * SIDE + v) * SIDE + u], 1e-6f);
                }
            }
        }
    }

    /** At a quarter turn clockwise the patch's x-axis points down. */
    @Test
    void turnsTheXAxisClockwise() {
        float[] planes = patch(image, 20.5, 15.5, 1, 90);
        for (int v = 0; v < SIDE; v++) {
            for (int u = 0; u < SIDE; u++) {
                assertEquals(value(image, 24 - v, 12 + u, 0), planes[5 + v * SIDE + u], 1e-5f);
            }
        }
    }

    @Test
    void scaledPatchesAreThoseOfTheReducedImage() {
        Image half = ImageResizer.resize(image, 30, 20);
        assertArrayEquals(patch(half, 14.5, 9.5, 1, 30), patch(image, 29.5, 19.5, 2, 30), 1e-5f);
    }

    @Test
    void bordersContinueOutside() {
        float[] planes = patch(image, -100, 200, 1, 45);
        for (int i = 0; i < SIDE * SIDE; i++) {
            assertEquals(value(image, 0, 39, 0), planes[5 + i], 1e-6f);
        }
    }

    @Test
    void takesScalesInAnyOrderAndTinyImages() {
        PatchSampler sampler = new PatchSampler(image);
        float[] planes = new float[5 + 3 * SIDE * SIDE];
        sampler.sample(20, 15, 1e6, 0, SIDE, planes, 5);
        sampler.sample(20, 15, 0.3, 20, SIDE, planes, 5);
        assertArrayEquals(patch(image, 20, 15, 0.3, 20), planes);
        Image pixel = new Image(1, 1, new byte[] {(byte) 255, 51, 0});
        assertEquals(0.2f, patch(pixel, 0, 0, 3, 10)[5 + SIDE * SIDE], 1e-6f);
    }
}
