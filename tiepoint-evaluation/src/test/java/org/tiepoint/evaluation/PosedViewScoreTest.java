package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.HeldOutViews.ViewPair;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.evaluation.PosedViewScore.PairScore;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.match.MutualNearestNeighborMatcher;

/** Features that see points in space exactly, or displaced. */
class PosedViewScoreTest {
    private static final int POINTS = 60;
    private static final Camera CAMERA = Camera.pinhole(200, 150, 180, 180, 99.5, 74.5);

    @TempDir
    static Path folder;

    private static ViewPair pair;

    @BeforeAll
    static void write() throws IOException {
        double sine = Math.sin(0.2);
        double cosine = Math.cos(0.2);
        pair = new ViewPair("pair", view("a", new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]), 10),
                view("b", new Pose(new double[] {cosine, 0, sine, 0, 1, 0, -sine, 0, cosine},
                        new double[] {-1, 0.1, 0.2}), 20), true);
    }

    /** A photo whose grey value tells the extractor which one it is. */
    private static PosedImage view(String name, Pose pose, int grey) throws IOException {
        Path file = folder.resolve(name + ".png");
        byte[] rgb = new byte[3 * 200 * 150];
        Arrays.fill(rgb, (byte) grey);
        ImageWriter.writePng(new Image(200, 150, rgb), file);
        return new PosedImage(name, file, CAMERA, pose);
    }

    /** @param down pixels by which points of the second view are too low */
    private static Extractor extractor(double down, int points) {
        return new Extractor() {
            @Override
            public Features extract(Image image) {
                boolean second = image.rgb()[0] == 20;
                Pose pose = (second ? pair.second() : pair.first()).pose();
                SplittableRandom random = new SplittableRandom(4);
                float[] xy = new float[2 * points];
                float[] descriptors = new float[points * points];
                for (int i = 0; i < points; i++) {
                    double[] x = pose.transform(new double[] {random.nextDouble(-1.5, 1.5),
                        random.nextDouble(-1, 1), random.nextDouble(4, 7)});
                    xy[2 * i] = (float) (CAMERA.fx() * x[0] / x[2] + CAMERA.cx());
                    xy[2 * i + 1] = (float) (CAMERA.fy() * x[1] / x[2] + CAMERA.cy() + (second ? down : 0));
                    descriptors[points * i + i] = 1;
                }
                return new Features(Keypoints.ofPositions(xy), points, descriptors);
            }

            @Override
            public int dimension() {
                return points;
            }
        };
    }

    private static PosedViewScore score(double down) throws IOException {
        List<String> told = new ArrayList<>();
        PosedViewScore score = PosedViewScore.of(List.of(pair, pair), extractor(down, POINTS),
                new MutualNearestNeighborMatcher(), () -> told.add("pair"));
        assertEquals(2, told.size());
        return score;
    }

    @Test
    void exactPointsAreAllRight() throws IOException {
        PosedViewScore score = score(0);
        assertArrayEquals(new double[] {1, 1, 1}, score.pairs().get(0).accuracy());
        assertEquals(POINTS, score.matches());
        assertEquals(POINTS, score.inliers());
        assertTrue(score.auc(5) > 0.95, score.auc(5) + "");
        assertEquals((3 + score.auc(5) + score.auc(10) + score.auc(20)) / 6, score.overall(), 1e-12);
    }

    /** Epipolar lines are nearly level here, so that a point two pixels too low is nearly two pixels off. */
    @Test
    void displacedPointsAreOffByTheirDistance() throws IOException {
        PosedViewScore score = score(2);
        assertTrue(score.accuracy(0) < 0.1 && score.accuracy(1) > 0.9, score.pairs().get(0).accuracy()[1] + "");
        Estimate loss = score.over(score(0));
        assertEquals(score.overall() - score(0).overall(), loss.value(), 1e-12);
        assertTrue(loss.high() < 0, loss.toString());
    }

    @Test
    void nothingFoundIsNothingRight() throws IOException {
        PosedViewScore score = PosedViewScore.of(List.of(pair), extractor(0, 1), new MutualNearestNeighborMatcher(),
                () -> { });
        assertEquals(Double.POSITIVE_INFINITY, score.pairs().get(0).poseError());
        assertEquals(0, score.inliers());
        assertEquals(0, score.auc(20));
    }

    @Test
    void differencesArePaired() {
        PairScore good = new PairScore(new double[] {0.5, 0.6, 0.7}, 10, 5, 2);
        PairScore better = new PairScore(new double[] {0.6, 0.7, 0.8}, 10, 5, 2);
        PairScore bad = new PairScore(new double[] {0, 0, 0}, 10, 0, 90);
        Estimate gain = new PosedViewScore(List.of(better, bad)).over(new PosedViewScore(List.of(good, bad)));
        assertEquals(0.025, gain.value(), 1e-12);
        assertTrue(gain.low() >= 0 && gain.high() <= 0.05 + 1e-12, gain.toString());
        assertThrows(IllegalArgumentException.class, () -> new PosedViewScore(List.of(good)).over(
                new PosedViewScore(List.of(good, bad))));
    }
}
