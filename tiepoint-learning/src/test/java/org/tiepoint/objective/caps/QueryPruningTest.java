package org.tiepoint.objective.caps;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Pose;

class QueryPruningTest {
    private static final Camera CAMERA = Camera.pinhole(100, 80, 100, 100, 49.5, 39.5);
    private static final double[] STRAIGHT = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    private static QueryPruning pruning(double[] rotation, double[] translation) {
        Pose first = new Pose(STRAIGHT, new double[3]);
        Pose second = new Pose(rotation, translation);
        return new QueryPruning(Epipolar.fundamental(CAMERA, first, CAMERA, second), CAMERA.matrix(), CAMERA.matrix(),
                first.to(second), 100, 80, 2, 50, false);
    }

    private static double[] turned(double degrees) {
        double c = Math.cos(Math.toRadians(degrees));
        double s = Math.sin(Math.toRadians(degrees));
        return new double[] {c, 0, s, 0, 1, 0, -s, 0, c};
    }

    @Test
    void aSmallMotionKeepsWhatStaysInside() {
        // camera moved to the right by 0.2: points move left by 100 * 0.2 / depth = 10 pixels at the nearest
        QueryPruning pruning = pruning(STRAIGHT, new double[] {-0.2, 0, 0});
        assertTrue(pruning.keeps(50, 40));
        assertTrue(pruning.keeps(5, 40), "at the greatest depth it is inside");
        assertFalse(pruning.keeps(-1, 40), "outside at both depths");
        assertTrue(pruning.keeps(104, 40), "inside at the nearest depth only");
        assertFalse(pruning.keeps(112, 40));
        assertFalse(pruning.keeps(50, -3));
        assertFalse(pruning.keeps(50, 82));
    }

    /** The second camera looks the other way: everything is behind it, where a projection would look plausible. */
    @Test
    void pointsBehindTheSecondCameraGo() {
        assertFalse(pruning(turned(180), new double[] {0.1, 0.05, 0}).keeps(50, 40));
    }

    /** The ray starts behind the second camera and comes before it: the far end counts. */
    @Test
    void pointsBehindAtOneDepthAloneStay() {
        assertTrue(pruning(STRAIGHT, new double[] {0, 0, -10}).keeps(52, 40));
    }

    @Test
    void pointsBesideTheSecondPictureGo() {
        QueryPruning pruning = pruning(turned(60), new double[] {-0.2, 0, 0});
        assertFalse(pruning.keeps(50, 40));
        assertFalse(pruning.keeps(99, 10));
    }

    /** A line that is farther from a corner than the diagonal cannot cross the picture. */
    @Test
    void pointsWhoseLinePassesFarAwayGo() {
        QueryPruning pruning = pruning(STRAIGHT, new double[] {-0.2, 0, 0});
        assertFalse(pruning.keeps(50, 140));
        assertTrue(pruning.keeps(50, 79));
    }
}
