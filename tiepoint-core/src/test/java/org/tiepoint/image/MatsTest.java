package org.tiepoint.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.junit.jupiter.api.Test;

class MatsTest {
    private final Image image = TestImages.blobs(7, 5, 1);

    @Test
    void goesThereAndBack() {
        try (Mat rgb = Mats.rgb(image)) {
            assertArrayEquals(image.rgb(), Mats.image(rgb).rgb());
        }
    }

    @Test
    void copiesPartOfAMatrix() {
        try (Mat rgb = Mats.rgb(image); Rect area = new Rect(2, 1, 3, 2); Mat part = new Mat(rgb, area)) {
            Image cut = Mats.image(part);
            assertEquals(3, cut.width());
            assertEquals(image.rgb()[3 * (2 * 7 + 4) + 1], cut.rgb()[3 * (3 + 2) + 1]);
        }
    }

    @Test
    void weighsColoursIntoGrey() {
        byte[] rgb = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255};
        byte[] grey = new byte[3];
        try (Mat mat = Mats.grey(new Image(3, 1, rgb))) {
            mat.data().get(grey);
        }
        assertArrayEquals(new byte[] {76, (byte) 150, 29}, grey);
    }

    @Test
    void refusesOtherTypes() {
        try (Mat floats = new Mat(2, 2, opencv_core.CV_32F); Mat none = new Mat()) {
            assertThrows(IllegalArgumentException.class, () -> Mats.image(floats));
            assertThrows(IllegalArgumentException.class, () -> Mats.image(none));
        }
    }
}
