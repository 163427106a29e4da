package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageSize;

class QuarterTurnsTest {
    /** 3 x 2 pixels: 0 1 2 / 3 4 5. */
    private static final Image IMAGE = new Image(3, 2, new byte[] {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5
    });

    /** numpy.rot90([[0, 1, 2], [3, 4, 5]]) is [[2, 5], [1, 4], [0, 3]]. */
    @Test
    void turnsAnticlockwise() {
        Image turned = QuarterTurns.turn(IMAGE, 1);
        assertEquals(2, turned.width());
        assertArrayEquals(new byte[] {2, 2, 2, 5, 5, 5, 1, 1, 1, 4, 4, 4, 0, 0, 0, 3, 3, 3}, turned.rgb());
        assertSame(IMAGE, QuarterTurns.turn(IMAGE, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aPointComesBackToItsPixel(int quarters) {
        Image turned = QuarterTurns.turn(IMAGE, quarters);
        for (int y = 0; y < turned.height(); y++) {
            for (int x = 0; x < turned.width(); x++) {
                Features back = QuarterTurns.turnBack(new Features(new Keypoints(new float[] {x, y}, new float[1],
                        new float[1], new float[] {350}), 1, new float[1]), quarters, new ImageSize(3, 2));
                int storedX = Math.round(back.keypoints().x(0));
                int storedY = Math.round(back.keypoints().y(0));
                assertEquals(turned.rgb()[3 * (y * turned.width() + x)], IMAGE.rgb()[3 * (storedY * 3 + storedX)]);
                assertEquals((350 + 90 * quarters) % 360, back.keypoints().angles()[0]);
            }
        }
    }

    @Test
    void fourQuartersAreNone() {
        Image image = IMAGE;
        for (int i = 0; i < 4; i++) {
            image = QuarterTurns.turn(image, 1);
        }
        assertArrayEquals(IMAGE.rgb(), image.rgb());
        assertArrayEquals(QuarterTurns.turn(QuarterTurns.turn(IMAGE, 1), 2).rgb(), QuarterTurns.turn(IMAGE, 3).rgb());
    }
}
