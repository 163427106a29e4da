package org.tiepoint.interop.colmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.geometry.LensDistortion;
import org.tiepoint.geometry.Pose;
import org.tiepoint.match.Matches;

class TwoViewVerifierTest {
    private static final int GOOD = 150;
    private static final int BAD = 50;
    private static final Camera PLAIN = new Camera(CameraModel.SIMPLE_RADIAL, 640, 480, new double[] {500, 319.5,
        239.5, 0});
    private static final Camera CURVED = new Camera(CameraModel.SIMPLE_RADIAL, 640, 480, new double[] {500, 319.5,
        239.5, -0.12});
    private static final Pose SIDEWAYS = turned(4, -0.95, 0.05, 0.3);

    private final Random random = new Random(3);

    private static Pose turned(double degrees, double... translation) {
        double c = Math.cos(Math.toRadians(degrees));
        double s = Math.sin(Math.toRadians(degrees));
        double length = Math.sqrt(translation[0] * translation[0] + translation[1] * translation[1]
                + translation[2] * translation[2]);
        double[] t = length == 0 ? translation : new double[] {translation[0] / length, translation[1] / length,
            translation[2] / length};
        return new Pose(new double[] {c, 0, s, 0, 1, 0, -s, 0, c}, t);
    }

    /** Seen points of a scene, the first of them right, the others anywhere. */
    private record Views(Keypoints first, Keypoints second, Matches matches) {}

    private Views views(Camera camera, Pose pose, boolean plane) {
        float[] a = new float[2 * (GOOD + BAD)];
        float[] b = new float[2 * (GOOD + BAD)];
        int[] indices = new int[2 * (GOOD + BAD)];
        LensDistortion lens = new LensDistortion(camera);
        double[] xy = new double[2];
        for (int i = 0; i < GOOD + BAD; i++) {
            double z = plane ? 6 : 4 + 4 * random.nextDouble();
            double[] point = {z * (random.nextDouble() - 0.5), z * 0.7 * (random.nextDouble() - 0.5), z};
            double[] seen = pose.transform(point);
            lens.project(point[0] / z, point[1] / z, xy);
            a[2 * i] = (float) (xy[0] + 0.3 * random.nextGaussian());
            a[2 * i + 1] = (float) (xy[1] + 0.3 * random.nextGaussian());
            lens.project(seen[0] / seen[2], seen[1] / seen[2], xy);
            boolean bad = i >= GOOD;
            b[2 * i] = (float) (bad ? 640 * random.nextDouble() : xy[0] + 0.3 * random.nextGaussian());
            b[2 * i + 1] = (float) (bad ? 480 * random.nextDouble() : xy[1] + 0.3 * random.nextGaussian());
            indices[2 * i] = i;
            indices[2 * i + 1] = i;
        }
        return new Views(Keypoints.ofPositions(a), Keypoints.ofPositions(b),
                new Matches(indices, new float[GOOD + BAD]));
    }

    private static VerifiedPair verify(Views views, Camera camera, boolean prior) {
        DatabaseCamera known = new DatabaseCamera(camera, prior);
        return new TwoViewVerifier().verify(known, known, views.first(), views.second(), views.matches());
    }

    private static void requireInliers(VerifiedPair verified) {
        int right = 0;
        for (int i = 0; i < verified.inlierCount(); i++) {
            assertEquals(verified.inliers()[2 * i], verified.inliers()[2 * i + 1]);
            right += verified.inliers()[2 * i] < GOOD ? 1 : 0;
        }
        assertTrue(right > 0.9 * GOOD, right + " of the right matches kept");
        assertTrue(verified.inlierCount() - right < 0.3 * BAD, "wrong matches kept");
    }

    @Test
    void knownFocalLengthsGiveAnEssentialMatrixAndAPose() {
        for (Camera camera : new Camera[] {PLAIN, CURVED}) {
            VerifiedPair verified = verify(views(camera, SIDEWAYS, false), camera, true);
            assertEquals(TwoViewConfiguration.CALIBRATED, verified.configuration());
            requireInliers(verified);
            Pose pose = verified.pose().orElseThrow();
            assertTrue(pose.to(SIDEWAYS).rotationDegrees() < 0.5, "rotation off");
            assertArrayEquals(SIDEWAYS.translation(), pose.translation(), 0.05);
        }
    }

    /** F is in COLMAP's pixels: half a pixel more than ours. */
    @Test
    void guessedFocalLengthsGiveAFundamentalMatrix() {
        Views views = views(PLAIN, SIDEWAYS, false);
        VerifiedPair verified = verify(views, PLAIN, false);
        assertEquals(TwoViewConfiguration.UNCALIBRATED, verified.configuration());
        requireInliers(verified);
        assertTrue(verified.essential().isEmpty() && verified.pose().isEmpty());
        double[] f = verified.fundamental().orElseThrow();
        double sum = 0;
        for (int i = 0; i < GOOD; i++) {
            double x = views.first().x(i) + 0.5;
            double y = views.first().y(i) + 0.5;
            double[] line = {f[0] * x + f[1] * y + f[2], f[3] * x + f[4] * y + f[5], f[6] * x + f[7] * y + f[8]};
            sum += Math.abs(line[0] * (views.second().x(i) + 0.5) + line[1] * (views.second().y(i) + 0.5) + line[2])
                    / Math.hypot(line[0], line[1]) / GOOD;
        }
        assertTrue(sum < 0.6, "mean distance " + sum);
    }

    @Test
    void wrongFocalLengthsAreNotBelieved() {
        Camera wrong = new Camera(CameraModel.SIMPLE_RADIAL, 640, 480, new double[] {2000, 100, 400, 0});
        Views views = views(PLAIN, turned(15, 1, 0.3, 0.8), false);
        VerifiedPair verified = new TwoViewVerifier().verify(new DatabaseCamera(PLAIN, true),
                new DatabaseCamera(wrong, true), views.first(), views.second(), views.matches());
        assertEquals(TwoViewConfiguration.UNCALIBRATED, verified.configuration());
        requireInliers(verified);
    }

    @Test
    void planesAndTurningCamerasGiveAHomography() {
        for (boolean prior : new boolean[] {true, false}) {
            VerifiedPair plane = verify(views(PLAIN, SIDEWAYS, true), PLAIN, prior);
            assertEquals(TwoViewConfiguration.PLANAR_OR_PANORAMIC, plane.configuration());
            requireInliers(plane);
            VerifiedPair turn = verify(views(PLAIN, turned(8, 0, 0, 0), false), PLAIN, prior);
            assertEquals(TwoViewConfiguration.PLANAR_OR_PANORAMIC, turn.configuration());
            assertTrue(turn.homography().isPresent());
        }
    }

    @Test
    void fewMatchesAreNoGeometry() {
        Views views = views(PLAIN, SIDEWAYS, false);
        int[] few = Arrays.copyOf(views.matches().indices(), 2 * 14);
        VerifiedPair verified = verify(new Views(views.first(), views.second(), new Matches(few, new float[14])),
                PLAIN, true);
        assertEquals(TwoViewConfiguration.DEGENERATE, verified.configuration());
        assertEquals(0, verified.inlierCount());
        int[] wrong = Arrays.copyOfRange(views.matches().indices(), 2 * GOOD, 2 * GOOD + 2 * 30);
        assertEquals(TwoViewConfiguration.DEGENERATE, verify(new Views(views.first(), views.second(),
                new Matches(wrong, new float[30])), PLAIN, true).configuration());
    }

    @Test
    void impossibleOptionsAreRefused() {
        TwoViewVerifier.Options usual = TwoViewVerifier.Options.defaults();
        assertThrows(IllegalArgumentException.class, () -> usual.with(0, 15));
        assertThrows(IllegalArgumentException.class, () -> usual.with(4, 7));
        assertThrows(IllegalArgumentException.class, () -> new TwoViewVerifier.Options(4, 15, 1.5, 0.8, 0));
    }
}
