package org.tiepoint.estimate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tiepoint.estimate.TwoViewGeometry.Kind;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Pose;

class RelativePoseTest {
    private final TwoViews views = new TwoViews(50, 0, 0, false, 1);

    @Test
    void picksTheOneOfFourPosesThatSeesThePointsInFront() {
        double[] essential = Epipolar.essential(views.relative);
        for (double scale : new double[] {1, -3}) {
            Pose pose = recover(Arrays.stream(essential).map(value -> scale * value).toArray());
            assertArrayEquals(views.relative.rotation(), pose.rotation(), 1e-9);
            double[] t = views.relative.translation();
            double length = Math.sqrt(t[0] * t[0] + t[1] * t[1] + t[2] * t[2]);
            for (int k = 0; k < 3; k++) {
                assertEquals(t[k] / length, pose.translation()[k], 1e-9);
            }
        }
    }

    @Test
    void refusesWhatDoesNotBelongTogether() {
        boolean[] all = new boolean[50];
        assertThrows(IllegalArgumentException.class, () -> RelativePose.recover(
                new TwoViewGeometry(Kind.FUNDAMENTAL, new double[9], all), views.pairs, views.first, views.second));
        assertThrows(IllegalArgumentException.class, () -> RelativePose.recover(
                new TwoViewGeometry(Kind.ESSENTIAL, new double[9], new boolean[3]), views.pairs, views.first,
                views.second));
    }

    private Pose recover(double[] essential) {
        boolean[] all = new boolean[50];
        Arrays.fill(all, true);
        return RelativePose.recover(new TwoViewGeometry(Kind.ESSENTIAL, essential, all), views.pairs, views.first,
                views.second);
    }
}
