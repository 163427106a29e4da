package org.tiepoint.evaluation.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.image.Image;

class RotationTest {
    @ParameterizedTest
    @CsvSource({"0, 120, 90", "90, 120, 90", "180, 120, 90", "90, 97, 120", "180, 96, 97"})
    void quarterTurnsMovePixels(double degrees, int width, int height) {
        Image photo = TestPhoto.ramp(width, height);
        Image upright = Rotation.upright(photo);
        VariedImage turned = Rotation.turned(photo, degrees);
        for (int y = 0; y < upright.height(); y++) {
            for (int x = 0; x < upright.width(); x++) {
                double[] place = Matrices.apply(turned.homography(), new double[] {x, y, 1});
                int column = (int) Math.rint(place[0]);
                int row = (int) Math.rint(place[1]);
                assertEquals(column, place[0], 1e-9);
                assertEquals(row, place[1], 1e-9);
                for (int channel = 0; channel < 3; channel++) {
                    assertEquals(TestPhoto.value(upright, x, y, channel),
                            TestPhoto.value(turned.image(), column, row, channel));
                }
            }
        }
    }

    /** Cubic convolution keeps straight lines: a ramp's colour tells where a pixel came from to half a step. */
    @ParameterizedTest
    @ValueSource(doubles = {15, 45, 120, 165})
    void colourFollowsItsPlace(double degrees) {
        Image photo = TestPhoto.ramp(110, 100);
        Image upright = Rotation.upright(photo);
        VariedImage turned = Rotation.turned(photo, degrees);
        double[] back = Matrices.inverse(turned.homography());
        int left = TestPhoto.value(upright, 0, 0, 0);
        int top = TestPhoto.value(upright, 0, 0, 1);
        for (int y = 0; y < upright.height(); y++) {
            for (int x = 0; x < upright.width(); x++) {
                double[] place = Matrices.apply(back, new double[] {x, y, 1});
                assertEquals(left + 2 * place[0], TestPhoto.value(turned.image(), x, y, 0), 0.501);
                assertEquals(top + place[1], TestPhoto.value(turned.image(), x, y, 1), 0.501);
            }
        }
    }

    @Test
    void turnsClockwise() {
        double[] right = Matrices.apply(Rotation.turned(TestPhoto.ramp(100, 100), 90).homography(),
                new double[] {60, 20, 1});
        double centre = (Rotation.upright(TestPhoto.ramp(100, 100)).width() - 1) / 2.0;
        assertArrayEquals(new double[] {centre - (20 - centre), centre + (60 - centre), 1}, right, 1e-9);
    }

    @Test
    void theSquareIsAsLargeAsThePhotoAllows() {
        assertEquals(336, Rotation.upright(new Image(640, 480, new byte[3 * 640 * 480])).width());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Rotation.upright(new Image(100, 7,
                new byte[2100]))).getMessage().contains("100x7 pixels is too small"));
    }
}
