package org.tiepoint.estimate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.Epipolar;

class RobustEstimatorTest {
    private final RobustEstimator estimator = new RobustEstimator();
    private final TwoViews views = new TwoViews(300, 0.4, 0.2, false, 1);

    @ParameterizedTest
    @EnumSource
    void findsTheFundamentalMatrix(RobustMethod method) {
        TwoViewGeometry found = estimator.fundamental(views.pairs, method).orElseThrow();
        assertEquals(TwoViewGeometry.Kind.FUNDAMENTAL, found.kind());
        requireRightInliers(found, views);
        for (int i = 0; i < 300; i++) {
            if (!views.wrong[i]) {
                double[] a = views.pairs.first();
                double[] b = views.pairs.second();
                assertTrue(Epipolar.distance(found.matrix(), a[2 * i], a[2 * i + 1], b[2 * i], b[2 * i + 1]) < 2.5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsTheEssentialMatrixOfTwoDifferentCameras(RobustMethod method) {
        TwoViewGeometry found = estimator.essential(views.pairs, views.first, views.second, method).orElseThrow();
        assertEquals(TwoViewGeometry.Kind.ESSENTIAL, found.kind());
        requireRightInliers(found, views);
        PoseError error = PoseError.of(RelativePose.recover(found, views.pairs, views.first, views.second),
                views.relative);
        assertTrue(error.maximumDegrees() < 1, error.toString());
    }

    @ParameterizedTest
    @EnumSource
    void findsTheHomographyOfAPlane(RobustMethod method) {
        TwoViews plane = new TwoViews(200, 0.5, 0.2, true, 2);
        TwoViewGeometry found = estimator.homography(plane.pairs, method).orElseThrow();
        assertEquals(1, found.matrix()[8], 1e-9);
        requireRightInliers(found, plane);
        double[] h = found.matrix();
        for (int i = 0; i < 200; i++) {
            double x = plane.pairs.first()[2 * i];
            double y = plane.pairs.first()[2 * i + 1];
            double w = h[6] * x + h[7] * y + h[8];
            double off = Math.hypot((h[0] * x + h[1] * y + h[2]) / w - plane.pairs.second()[2 * i],
                    (h[3] * x + h[4] * y + h[5]) / w - plane.pairs.second()[2 * i + 1]);
            assertTrue(plane.wrong[i] || off < 2, i + ": " + off);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameEveryTime(RobustMethod method) {
        List<double[]> matrices = IntStream.range(0, 6).parallel().mapToObj(i -> estimator.essential(views.pairs,
                views.first, views.second, method).orElseThrow().matrix()).toList();
        for (double[] other : matrices) {
            assertArrayEquals(matrices.get(0), other);
        }
        assertArrayEquals(estimator.fundamental(views.pairs, method).orElseThrow().matrix(),
                estimator.fundamental(views.pairs, method).orElseThrow().matrix());
        assertArrayEquals(estimator.homography(views.pairs, method).orElseThrow().matrix(),
                estimator.homography(views.pairs, method).orElseThrow().matrix());
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingInTooFewMatches(RobustMethod method) {
        for (int n = 0; n < 12; n++) {
            PointPairs few = new TwoViews(n, 0, 0, false, 3).pairs;
            assertTrue(n >= 7 || estimator.fundamental(few, method).isEmpty(), n + " for a fundamental matrix");
            assertTrue(n >= 5 || estimator.essential(few, views.first, views.second, method).isEmpty());
            assertTrue(n >= 4 || estimator.homography(few, method).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesDegeneratePoints(RobustMethod method) {
        PointPairs one = new PointPairs(new double[40], new double[40]);
        double[] line = IntStream.range(0, 40).mapToDouble(i -> i / 2 * 10.0).toArray();
        for (PointPairs pairs : List.of(one, new PointPairs(line, line))) {
            estimator.fundamental(pairs, method).ifPresent(g -> assertEquals(20, g.inliers().length));
            estimator.essential(pairs, views.first, views.second, method).ifPresent(
                    g -> assertEquals(20, g.inliers().length));
            estimator.homography(pairs, method).ifPresent(g -> assertEquals(20, g.inliers().length));
        }
    }

    @Test
    void countsFewerInliersUnderALowerThreshold() {
        TwoViews noisy = new TwoViews(200, 0, 1, false, 4);
        int strict = new RobustEstimator(RobustEstimator.Options.defaults().withThresholdPixels(0.5))
                .essential(noisy.pairs, noisy.first, noisy.second).orElseThrow().inlierCount();
        int loose = new RobustEstimator(RobustEstimator.Options.defaults().withThresholdPixels(6))
                .essential(noisy.pairs, noisy.first, noisy.second).orElseThrow().inlierCount();
        assertTrue(strict < 150 && loose > 190, strict + " " + loose);
    }

    @Test
    void refusesLensDistortionAndBadOptions() {
        Camera bent = new Camera(CameraModel.SIMPLE_RADIAL, 640, 480, new double[] {500, 320, 240, 0.1});
        assertThrows(IllegalArgumentException.class, () -> estimator.essential(views.pairs, bent, views.second));
        assertThrows(IllegalArgumentException.class, () -> new RobustEstimator.Options(0, 0.9, 10, 0));
        assertThrows(IllegalArgumentException.class, () -> new RobustEstimator.Options(1, 1, 10, 0));
        assertThrows(IllegalArgumentException.class, () -> new RobustEstimator.Options(1, 0.9, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new PointPairs(new double[] {1, Double.NaN}, new double[2]));
        assertThrows(IllegalArgumentException.class, () -> new PointPairs(new double[4], new double[2]));
    }

    private static void requireRightInliers(TwoViewGeometry found, TwoViews views) {
        int right = 0;
        int kept = 0;
        int wrongKept = 0;
        for (int i = 0; i < views.wrong.length; i++) {
            right += views.wrong[i] ? 0 : 1;
            kept += found.inliers()[i] && !views.wrong[i] ? 1 : 0;
            wrongKept += found.inliers()[i] && views.wrong[i] ? 1 : 0;
        }
        assertTrue(kept > 0.75 * right && wrongKept < 0.1 * right, kept + " of " + right + " kept, " + wrongKept
                + " wrong ones");
        assertEquals(kept + wrongKept, found.inlierCount());
    }
}
