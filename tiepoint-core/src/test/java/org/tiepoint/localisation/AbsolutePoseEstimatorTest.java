package org.tiepoint.localisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.Pose;

class AbsolutePoseEstimatorTest {
    private static final AbsolutePoseEstimator ESTIMATOR =
            new AbsolutePoseEstimator(AbsolutePoseEstimator.Options.defaults());

    private record Case(double[] xyz, double[] xy, Pose pose, boolean[] right) {
        static Case of(int n, double wrongShare, double noisePixels, double[] shift, long seed) {
            Random random = new Random(seed);
            Pose pose = TestViews.pose((int) seed % 40, shift);
            double[] xyz = new double[3 * n];
            double[] xy = new double[2 * n];
            boolean[] right = new boolean[n];
            for (int i = 0; i < n; i++) {
                double[] point = {shift[0] + random.nextGaussian(), shift[1] + random.nextGaussian(),
                    shift[2] + random.nextGaussian()};
                System.arraycopy(point, 0, xyz, 3 * i, 3);
                double[] seen = TestViews.project(pose, point);
                right[i] = random.nextDouble() >= wrongShare;
                xy[2 * i] = right[i] ? seen[0] + noisePixels * random.nextGaussian() : 640 * random.nextDouble();
                xy[2 * i + 1] = right[i] ? seen[1] + noisePixels * random.nextGaussian() : 480 * random.nextDouble();
            }
            return new Case(xyz, xy, pose, right);
        }

        double centreError(Pose found) {
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                sum += Math.pow(found.centre()[k] - pose.centre()[k], 2);
            }
            return Math.sqrt(sum);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 0, 0", "20, 0, 0", "200, 0.3, 0", "500, 0.7, 0", "500, 0.85, 0", "200, 0.5, 1e6"})
    void exactPointsGiveTheExactPoseWhateverElseThereIs(int n, double wrongShare, double far) {
        for (long seed = 1; seed <= 5; seed++) {
            Case given = Case.of(n, wrongShare, 0, new double[] {far, -far, far}, seed);
            AbsolutePose found = ESTIMATOR.estimate(given.xyz, given.xy, TestViews.CAMERA).orElseThrow();
            assertEquals(0, found.pose().to(given.pose).rotationDegrees(), 0.01, "seed " + seed);
            assertEquals(0, given.centreError(found.pose()), 1e-3, "seed " + seed);
            for (int i = 0; i < n; i++) {
                assertTrue(found.inliers()[i] || !given.right[i], "a right one is no inlier");
            }
        }
    }

    @Test
    void noiseIsAveragedOut() {
        for (long seed = 1; seed <= 10; seed++) {
            Case given = Case.of(400, 0.5, 1, new double[3], seed);
            AbsolutePose found = ESTIMATOR.estimate(given.xyz, given.xy, TestViews.CAMERA).orElseThrow();
            assertTrue(found.pose().to(given.pose).rotationDegrees() < 0.15, "seed " + seed);
            assertTrue(given.centreError(found.pose()) < 0.015, "seed " + seed);
            assertTrue(found.inlierCount() > 150 && found.inlierCount() < 260, "" + found.inlierCount());
        }
    }

    @Test
    void theSameInputGivesTheSamePose() {
        Case given = Case.of(300, 0.6, 1, new double[3], 3);
        assertArrayEquals(ESTIMATOR.estimate(given.xyz, given.xy, TestViews.CAMERA).orElseThrow().pose().translation(),
                ESTIMATOR.estimate(given.xyz, given.xy, TestViews.CAMERA).orElseThrow().pose().translation());
    }

    @Test
    void tooFewOrWrongInput() {
        assertEquals(Optional.empty(), ESTIMATOR.estimate(new double[9], new double[6], TestViews.CAMERA));
        assertEquals(Optional.empty(), ESTIMATOR.estimate(new double[0], new double[0], TestViews.CAMERA));
        assertThrows(IllegalArgumentException.class,
                () -> ESTIMATOR.estimate(new double[12], new double[10], TestViews.CAMERA));
        Camera distorted = new Camera(CameraModel.SIMPLE_RADIAL, 640, 480,
                new double[] {500, 320, 240, 0.1});
        assertThrows(IllegalArgumentException.class,
                () -> ESTIMATOR.estimate(new double[12], new double[8], distorted));
    }

    @Test
    void onePointManyTimesIsNoPose() {
        double[] many = new double[3 * 50];
        double[] seen = new double[2 * 50];
        Arrays.fill(many, 1);
        Arrays.fill(seen, 100);
        ESTIMATOR.estimate(many, seen, TestViews.CAMERA).ifPresent(pose ->
                assertTrue(Double.isFinite(pose.pose().translation()[0])));
    }
}
