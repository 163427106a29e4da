package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.geometry.Pose;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import org.tiepoint.testing.SharedFiles;

class PoseProtocolTest {
    /** Epipolar lines of a camera that moved to the right are rows: two matches keep theirs, one within 3 px. */
    @Test
    void countsMatchesNearTheirEpipolarLines(@TempDir Path folder) throws IOException {
        ColouredScene scene = new ColouredScene();
        Path first = folder.resolve("first.png");
        Path second = folder.resolve("second.png");
        scene.add(first, 10, new float[] {10, 10, 20, 15, 30, 20, 35, 5}, 0, 1, 2, 3);
        scene.add(second, 20, new float[] {5, 10, 12, 17.5f, 25, 23.5f, 30, 5}, 0, 1, 2, 3);
        double[] k = {50, 50, 20, 15};
        PosePair pair = new PosePair(first, second, k, k,
                new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[] {-1, 0, 0}));
        PoseResult result = evaluate(new PoseSet("hand", List.of(pair)), scene, scene, 10);
        assertEquals(4, result.pairs().get(0).matches());
        assertEquals(3, result.pairs().get(0).correct());
        assertEquals(0.75, result.shareCorrect(), 1e-12);
    }

    @Test
    void tooFewMatchesAreAnInfiniteError(@TempDir Path folder) throws IOException {
        ColouredScene scene = new ColouredScene();
        scene.add(folder.resolve("a.png"), 10, new float[] {10, 10}, 0);
        scene.add(folder.resolve("b.png"), 20, new float[0]);
        double[] k = {50, 50, 20, 15};
        PoseResult result = evaluate(new PoseSet("hand", List.of(new PosePair(folder.resolve("a.png"),
                folder.resolve("b.png"), k, k, new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[] {1, 0, 0
                })))), scene, scene, 10);
        assertEquals(Double.POSITIVE_INFINITY, result.pairs().get(0).errorDegrees());
        assertEquals(0, result.auc(20));
        assertEquals(0, result.shareCorrect());
    }

    @Test
    void rootSiftFindsPosesOfPhotos() throws IOException {
        PoseSet fountain = PoseSet.read(SharedFiles.data("eval/pose/strecha-fountain"));
        PoseResult result = evaluate(new PoseSet(fountain.name(), fountain.pairs().subList(0, 3)), new SiftDetector(),
                new RootSift(), 600);
        for (PoseResult.Pair pair : result.pairs()) {
            assertTrue(pair.errorDegrees() < 5, pair.toString());
        }
        assertTrue(result.auc(5) > 0.5, "AUC@5 " + result.auc(5));
        assertTrue(result.shareCorrect() > 0.4 && result.shareCorrect() < 1, "correct " + result.shareCorrect());
        assertEquals(4, result.description().images());
    }

    private static PoseResult evaluate(PoseSet set, Detector detector, Describer describer, int maxKeypoints)
            throws IOException {
        return new PoseProtocol(new FeatureSource(detector, maxKeypoints,
                List.of(new NamedDescriber("descriptor", describer))), new MutualNearestNeighborMatcher(),
                new RobustEstimator()).evaluate(set, () -> {}).get(0);
    }
}
