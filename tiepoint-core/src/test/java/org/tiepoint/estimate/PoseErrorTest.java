package org.tiepoint.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Pose;

class PoseErrorTest {
    @Test
    void measuresBothAngles() {
        PoseError error = PoseError.of(turned(30, 1, 0, 0), turned(10, 1, 1, 0));
        assertEquals(20, error.rotationDegrees(), 1e-9);
        assertEquals(45, error.translationDegrees(), 1e-9);
        assertEquals(45, error.maximumDegrees(), 1e-9);
        assertEquals(135, PoseError.of(turned(0, -1, 0, 0), turned(0, 1, 1, 0)).translationDegrees(), 1e-9);
        assertEquals(45, PoseError.of(turned(0, -1, 0, 0), turned(0, 1, 1, 0)).ignoringSign().translationDegrees(),
                1e-9);
        assertEquals(0, PoseError.of(turned(0, 1, 0, 0), turned(0, 0, 0, 0)).translationDegrees());
    }

    @Test
    void takesTheBetterRotationOfAnEssentialMatrix() {
        Pose truth = turned(25, 0.3, -2, 1);
        PoseError error = PoseError.ofEssential(Epipolar.essential(truth), truth).ignoringSign();
        assertEquals(0, error.rotationDegrees(), 1e-5);
        assertEquals(0, error.translationDegrees(), 1e-5);
        PoseError off = PoseError.ofEssential(Epipolar.essential(turned(31, 0.3, -2, 1)), truth);
        assertEquals(6, off.rotationDegrees(), 1e-5);
        assertThrows(IllegalArgumentException.class, () -> PoseError.ofEssential(new double[8], truth));
    }

    private static Pose turned(double degrees, double x, double y, double z) {
        double c = Math.cos(Math.toRadians(degrees));
        double s = Math.sin(Math.toRadians(degrees));
        return new Pose(new double[] {c, -s, 0, s, c, 0, 0, 0, 1}, new double[] {x, y, z});
    }
}
