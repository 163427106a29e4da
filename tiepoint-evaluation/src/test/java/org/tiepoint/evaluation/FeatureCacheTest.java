package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
    private static final PairTruth SAME = new PairTruth.Homography(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});

    @TempDir
    Path folder;

    /** Every image with every other one, with memory for two: files hold the rest, and nothing is made twice. */
    @Test
    void nothingIsMadeTwiceHoweverLittleMemory() throws IOException {
        HandmadeFeatures features = new HandmadeFeatures(folder);
        List<SetImage> images = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            images.add(features.add(i + ".png", new float[] {i, 1}, i));
        }
        List<EvaluationPair> pairs = new ArrayList<>();
        for (SetImage first : images) {
            for (SetImage second : images) {
                pairs.add(new EvaluationPair(first.name() + second.name(), "", first, second, SAME));
            }
        }
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.createDirectory(out.resolve(".features-999999999"));
        try (FeatureCache cache = new FeatureCache(features, out, 1, pairs)) {
            boolean inFiles = false;
            for (EvaluationPair pair : pairs) {
                for (SetImage image : List.of(pair.first(), pair.second())) {
                    FeatureCache.TimedFeatures got = cache.get(image);
                    int number = images.indexOf(image);
                    assertArrayEquals(new float[] {number, 1}, got.features().keypoints().xy());
                    assertEquals(1, got.features().descriptors()[number]);
                    assertEquals(HandmadeFeatures.SIZE, got.size());
                }
                inFiles |= files(out) > 0;
                cache.release(pair);
            }
            assertTrue(inFiles);
        }
        assertEquals(6, features.asked().size());
        assertEquals(0, files(out));
        assertFalse(Files.exists(out.resolve(".features-999999999")));
    }

    private static long files(Path out) throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
