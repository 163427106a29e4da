package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.evaluation.HomographySequence.View;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import org.tiepoint.match.RatioTestMatcher;
import org.tiepoint.testing.SharedFiles;

class HomographyProtocolTest {
    private static final double[] SHIFT_BY_5 = {1, 0, 5, 0, 1, 0, 0, 0, 1};

    @TempDir
    Path folder;

    private final ColouredScene scene = new ColouredScene();
    private HomographySequence sequence;

    /** Image 2 has four points at errors of 0, 1, 2.5 and 20 pixels and one without a partner, image 3 has none. */
    @BeforeEach
    void write() throws IOException {
        scene.add(folder.resolve("1.png"), 10, new float[] {1, 1, 2, 2, 3, 3, 4, 4}, 0, 1, 2, 3);
        scene.add(folder.resolve("2.png"), 20, new float[] {6, 1, 7, 3, 8, 5.5f, 29, 4, 0, 0}, 0, 1, 2, 3, 9);
        scene.add(folder.resolve("3.png"), 30, new float[0]);
        sequence = new HomographySequence("v_hand", folder.resolve("1.png"), List.of(
                new View(2, folder.resolve("2.png"), SHIFT_BY_5), new View(3, folder.resolve("3.png"), SHIFT_BY_5)));
    }

    @Test
    void countsMatchesWithinEachThreshold() throws IOException {
        HomographyResult result = evaluate(sequence, scene, scene, 10);
        HomographyResult.Pair pair = result.pairs().get(0);
        assertEquals(4, pair.matches());
        assertEquals(List.of(2, 2, 3, 3, 3, 3, 3, 3, 3, 3),
                Arrays.stream(pair.within()).boxed().toList());
    }

    @Test
    void aPairWithoutMatchesCountsZero() throws IOException {
        HomographyResult result = evaluate(sequence, scene, scene, 10);
        assertEquals(0, result.pairs().get(1).matches());
        assertEquals(0.25, result.meanMatchingAccuracy(1), 1e-12);
        assertEquals(0.375, result.meanMatchingAccuracy(10), 1e-12);
        assertEquals(0.75, result.shareCorrect(), 1e-12);
        assertEquals(2, result.matchesPerPair(), 1e-12);
        assertEquals(3, result.description().keypointsPerImage(), 1e-12);
    }

    @Test
    void describesEachImageOnce() throws IOException {
        AtomicInteger pairs = new AtomicInteger();
        protocol(scene, scene, 10).evaluate(sequence, pairs::incrementAndGet);
        assertEquals(List.of(10, 20, 30), scene.described());
        assertEquals(2, pairs.get());
    }

    @Test
    void theMatcherIsTheOneGiven() throws IOException {
        HomographyProtocol strict = new HomographyProtocol(new FeatureSource(scene, 10,
                List.of(new NamedDescriber("hand", scene))), new RatioTestMatcher(0.5));
        scene.add(folder.resolve("2.png"), 20, new float[] {6, 1, 0, 0}, 0, 0);
        assertEquals(0, strict.evaluate(sequence, () -> {}).get(0).pairs().get(0).matches());
        assertEquals(1, evaluate(sequence, scene, scene, 10).pairs().get(0).matches());
    }

    @Test
    void rootSiftOnPhotosAgreesWithAPlainComputation() throws IOException {
        HomographySequence photos = HomographySet.read(SharedFiles.data("eval/homography")).sequences().stream()
                .filter(s -> s.name().equals("i_leuven")).findFirst().orElseThrow();
        HomographyResult result = evaluate(photos, new SiftDetector(), new RootSift(), 300);
        double[] expected = new double[10];
        int matches = 0;
        Features first = features(photos.reference());
        for (View view : photos.views()) {
            Features second = features(view.image());
            int[] within = new int[10];
            int count = 0;
            for (int i = 0; i < first.keypoints().count(); i++) {
                int j = nearest(first, i, second);
                if (nearest(second, j, first) != i) {
                    continue;
                }
                count++;
                double error = error(view.homography(), first.keypoints().x(i), first.keypoints().y(i),
                        second.keypoints().x(j), second.keypoints().y(j));
                for (int t = 1; t <= 10; t++) {
                    within[t - 1] += error <= t ? 1 : 0;
                }
            }
            matches += count;
            for (int t = 0; t < 10; t++) {
                expected[t] += (double) within[t] / count / photos.views().size();
            }
        }
        assertEquals(5, result.pairs().size());
        assertEquals(matches, Math.round(result.matchesPerPair() * 5));
        for (int t = 1; t <= 10; t++) {
            assertEquals(expected[t - 1], result.meanMatchingAccuracy(t), 1e-9, "MMA@" + t);
        }
        assertTrue(result.meanMatchingAccuracy(3) > 0.6 && result.meanMatchingAccuracy(3) < 0.95,
                "MMA@3 " + result.meanMatchingAccuracy(3));
        assertEquals(300, result.description().keypointsPerImage(), 1);
    }

    private static HomographyProtocol protocol(Detector detector,
            Describer describer, int maxKeypoints) {
        return new HomographyProtocol(new FeatureSource(detector, maxKeypoints,
                List.of(new NamedDescriber("descriptor", describer))), new MutualNearestNeighborMatcher());
    }

    private static HomographyResult evaluate(HomographySequence sequence, Detector detector,
            Describer describer, int maxKeypoints) throws IOException {
        return protocol(detector, describer, maxKeypoints).evaluate(sequence, () -> {}).get(0);
    }

    private static Features features(Path file) throws IOException {
        Image image = ImageReader.read(file);
        return new RootSift().describe(image, new SiftDetector().detect(image, 300));
    }

    private static int nearest(Features from, int i, Features to) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < to.keypoints().count(); j++) {
            double sum = 0;
            for (int k = 0; k < 128; k++) {
                double difference = from.descriptors()[128 * i + k] - to.descriptors()[128 * j + k];
                sum += difference * difference;
            }
            if (sum < least) {
                least = sum;
                best = j;
            }
        }
        return best;
    }

    private static double error(double[] h, double x1, double y1, double x2, double y2) {
        double w = h[6] * x1 + h[7] * y1 + h[8];
        double dx = (h[0] * x1 + h[1] * y1 + h[2]) / w - x2;
        double dy = (h[3] * x1 + h[4] * y1 + h[5]) / w - y2;
        return Math.sqrt(dx * dx + dy * dy);
    }
}
