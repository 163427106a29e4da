package org.tiepoint.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QuaternionTest {
    private static double[] rotation(double w, double x, double y, double z) {
        return new double[] {
            1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
            2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
            2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)};
    }

    @Test
    void isThatOfTheRotationWithARealPartNotNegative() {
        Random random = new Random(2);
        for (int i = 0; i < 1000; i++) {
            double[] q = new double[4];
            double length = 0;
            for (int k = 0; k < 4; k++) {
                q[k] = i % 5 == k ? 100 * random.nextGaussian() : random.nextGaussian();
                length = Math.hypot(length, q[k]);
            }
            double sign = q[0] < 0 ? -length : length;
            Quaternion found = Quaternion.ofRotation(rotation(q[0] / length, q[1] / length, q[2] / length,
                    q[3] / length));
            assertEquals(q[0] / sign, found.w(), 1e-12);
            assertEquals(q[1] / sign, found.x(), 1e-12);
            assertEquals(q[2] / sign, found.y(), 1e-12);
            assertEquals(q[3] / sign, found.z(), 1e-12);
        }
    }

    @Test
    void halfTurns() {
        Quaternion about = Quaternion.ofRotation(new double[] {-1, 0, 0, 0, 1, 0, 0, 0, -1});
        assertEquals(0, about.w());
        assertEquals(1, Math.abs(about.y()));
        assertTrue(about.x() == 0 && about.z() == 0);
    }
}
