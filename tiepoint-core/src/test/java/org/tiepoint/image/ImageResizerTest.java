package org.tiepoint.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ImageResizerTest {
    @Test
    void averagesWhenShrinking() {
        byte[] rgb = new byte[4 * 2 * 3];
        for (int i = 0; i < 8; i++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (10 * i + c);
            }
        }
        Image half = ImageResizer.resize(new Image(4, 2, rgb), 2, 1);
        assertArrayEquals(new byte[] {25, 26, 27, 45, 46, 47}, half.rgb());
    }

    /** A ramp a pixel: pixel x' of the larger image shows the place (x' + 0.5) / s - 0.5. */
    @Test
    void keepsPixelCentresWhenGrowing() {
        byte[] rgb = new byte[60 * 3];
        for (int x = 0; x < 60; x++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * x + c] = (byte) (4 * x);
            }
        }
        Image larger = ImageResizer.resize(new Image(60, 1, rgb), 120, 3);
        for (int x = 1; x < 119; x++) {
            assertEquals(4 * ((x + 0.5) / 2 - 0.5), larger.rgb()[3 * (120 + x)] & 0xFF, 1);
        }
    }

    @Test
    void shrinksOneAxisByAreaAndGrowsTheOther() {
        byte[] rgb = {0, 0, 0, 100, 100, 100, 0, 0, 0, 100, 100, 100};
        Image turned = ImageResizer.resize(new Image(4, 1, rgb), 1, 3);
        assertArrayEquals(new byte[] {50, 50, 50, 50, 50, 50, 50, 50, 50}, turned.rgb());
    }

    @Test
    void givesBackAnImageThatHasTheSize() {
        Image image = TestImages.blobs(5, 4, 1);
        assertSame(image, ImageResizer.resize(image, 5, 4));
        assertThrows(IllegalArgumentException.class, () -> ImageResizer.resize(image, 0, 4));
    }
}
