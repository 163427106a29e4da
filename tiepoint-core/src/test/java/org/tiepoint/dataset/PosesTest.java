package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tiepoint.geometry.Pose;

class PosesTest {
    @Test
    void turnsAQuaternionIntoItsRotation() {
        double h = Math.sqrt(0.5);
        assertArrayEquals(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, Poses.rotation(h, 0, 0, h), 1e-15);
        assertArrayEquals(new double[] {1, 0, 0, 0, 0, -1, 0, 1, 0}, Poses.rotation(h, h, 0, 0), 1e-15);
        assertArrayEquals(new double[] {0, 0, 1, 0, 1, 0, -1, 0, 0}, Poses.rotation(h, 0, h, 0), 1e-15);
    }

    @Test
    void refusesAQuaternionThatIsNoRotation() {
        assertThrows(IllegalArgumentException.class, () -> Poses.rotation(0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Poses.rotation(2, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Poses.rotation(Double.NaN, 0, 0, 1));
    }

    @Test
    void repairsRoundedRotationsSoThatPosesCompose() {
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            double[] exact = randomRotation(random);
            double[] rounded = exact.clone();
            for (int k = 0; k < 9; k++) {
                rounded[k] = Math.rint(1000 * rounded[k]) / 1000;
            }
            Pose pose = Poses.worldToCamera(rounded, new double[] {1, 2, 3});
            assertArrayEquals(exact, pose.rotation(), 1e-3);
            Pose identity = pose.to(pose);
            assertArrayEquals(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, identity.rotation(), 1e-12);
        }
    }

    @Test
    void invertsCameraToWorld() {
        Pose pose = Poses.cameraToWorld(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, new double[] {4, 5, 6});
        assertArrayEquals(new double[] {4, 5, 6}, pose.centre(), 1e-12);
        assertArrayEquals(new double[] {0, 1, 0, -1, 0, 0, 0, 0, 1}, pose.rotation(), 1e-12);
    }

    @Test
    void leavesWhatIsNoRotationToBeRefused() {
        double[] mirror = {1, 0, 0, 0, 1, 0, 0, 0, -1};
        String message = assertThrows(IllegalArgumentException.class,
                () -> Poses.worldToCamera(mirror, new double[3])).getMessage();
        assertEquals(true, message.contains("no rotation"), message);
    }

    static double[] randomRotation(Random random) {
        double[] q = new double[4];
        double length = 0;
        for (int i = 0; i < 4; i++) {
            q[i] = random.nextGaussian();
            length += q[i] * q[i];
        }
        length = Math.sqrt(length);
        return Poses.rotation(q[0] / length, q[1] / length, q[2] / length, q[3] / length);
    }
}
