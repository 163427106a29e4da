package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.feature.DetectThenDescribe;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.ImageFeatures;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.image.ImageReader;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import org.tiepoint.testing.SharedFiles;

/** Mean matching accuracy of RootSIFT on photos, against a few plain lines. */
class RootSiftAccuracyTest {
    private static final DetectThenDescribe ROOT_SIFT = new DetectThenDescribe(new SiftDetector(), new RootSift(), 500);

    @Test
    void agreesWithAPlainComputation(@TempDir Path out) throws IOException {
        Path photos = SharedFiles.data("eval/homography");
        List<EvaluationPair> pairs = HomographySequences.read(photos, false).pairs().stream()
                .filter(pair -> List.of("v_graf/1-2", "v_graf/1-3", "i_leuven/1-4").contains(pair.name())).toList();
        EvaluationSet some = new EvaluationSet("some", photos, pairs);
        Candidate rootSift = new Candidate("rootsift", new ImageFeatureProvider(() -> ImageFeatures.by(ROOT_SIFT), true),
                new MutualNearestNeighborMatcher(), Map.of());
        FeatureResult result = new Evaluation(new HomographyProtocol(), out).run(List.of(some), List.of(rootSift),
                Map.of(), EvaluationListener.silent()).sets().get(0).features().get(0);
        for (int pixels : new int[] {1, 3, 10}) {
            double plain = (plain(photos.resolve("v_graf"), 2, pixels) + plain(photos.resolve("v_graf"), 3, pixels)
                    + plain(photos.resolve("i_leuven"), 4, pixels)) / 3;
            assertTrue(plain > 0.2 && plain < 0.9, "plain MMA@" + pixels + " is " + plain);
            assertEquals(plain, result.all().at("mma", pixels).value(), 0.005);
        }
    }

    private static double plain(Path sequence, int number, double pixels) throws IOException {
        Features a = ROOT_SIFT.extract(ImageReader.read(sequence.resolve("1.png")));
        Features b = ROOT_SIFT.extract(ImageReader.read(sequence.resolve(number + ".png")));
        double[] h = Arrays.stream(Files.readString(sequence.resolve("H_1_" + number)).trim().split("\\s+"))
                .mapToDouble(Double::parseDouble).toArray();
        int matches = 0;
        int right = 0;
        for (int i = 0; i < a.keypoints().count(); i++) {
            int j = nearest(a, i, b);
            if (nearest(b, j, a) == i) {
                double x = a.keypoints().x(i);
                double y = a.keypoints().y(i);
                double w = h[6] * x + h[7] * y + h[8];
                double dx = (h[0] * x + h[1] * y + h[2]) / w - b.keypoints().x(j);
                double dy = (h[3] * x + h[4] * y + h[5]) / w - b.keypoints().y(j);
                matches++;
                right += Math.sqrt(dx * dx + dy * dy) <= pixels ? 1 : 0;
            }
        }
        return (double) right / matches;
    }

    private static int nearest(Features from, int i, Features to) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int j = 0; j < to.keypoints().count(); j++) {
            double sum = 0;
            for (int k = 0; k < 128; k++) {
                double d = from.descriptors()[128 * i + k] - to.descriptors()[128 * j + k];
                sum += d * d;
            }
            if (sum < least) {
                least = sum;
                best = j;
            }
        }
        return best;
    }
}
