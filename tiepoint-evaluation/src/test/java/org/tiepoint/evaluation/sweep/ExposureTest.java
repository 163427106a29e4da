package org.tiepoint.evaluation.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tiepoint.image.Image;

class ExposureTest {
    private static final Image GREYS = greys();

    @Test
    void noStopsChangeNothing() {
        assertArrayEquals(GREYS.rgb(), Exposure.of(GREYS, 0).rgb());
    }

    /** sRGB 188 is half the light of white, 137 a quarter. */
    @Test
    void aStopIsTwiceTheLight() {
        assertEquals(255, TestPhoto.value(Exposure.of(GREYS, 1), 188, 0, 0));
        assertEquals(188, TestPhoto.value(Exposure.of(GREYS, 1), 137, 0, 1));
        assertEquals(188, TestPhoto.value(Exposure.of(GREYS, -1), 255, 0, 2));
        assertEquals(137, TestPhoto.value(Exposure.of(GREYS, -2), 255, 0, 0));
    }

    @Test
    void lightBeyondWhiteIsCut() {
        assertEquals(255, TestPhoto.value(Exposure.of(GREYS, 3), 200, 0, 0));
        assertEquals(0, TestPhoto.value(Exposure.of(GREYS, 3), 0, 0, 0));
    }

    private static Image greys() {
        byte[] rgb = new byte[3 * 256];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3);
        }
        return new Image(256, 1, rgb);
    }
}
