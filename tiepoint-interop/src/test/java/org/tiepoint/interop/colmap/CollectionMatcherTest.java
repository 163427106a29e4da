package org.tiepoint.interop.colmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.pairs.ExhaustivePairs;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.match.Matches;

class CollectionMatcherTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
    private static final int POINTS = 40;

    @TempDir
    Path folder;

    private final Map<String, Features> features = new HashMap<>();
    private final List<String> read = new ArrayList<>();
    private Path file;
    private List<NamePair> pairs;

    /** The same key points, shifted from image to image. */
    @BeforeEach
    void fill() throws IOException {
        file = folder.resolve("scene.db");
        pairs = new ExhaustivePairs().pairs(NAMES);
        float[] xy = new float[2 * POINTS];
        Random random = new Random(1);
        for (int i = 0; i < xy.length; i++) {
            xy[i] = 400 * random.nextFloat();
        }
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            database.addCamera(DatabaseCamera.ofColmap(CameraModel.SIMPLE_PINHOLE, 640, 480,
                    new double[] {500, 320, 240}, false));
            for (int k = 0; k < NAMES.size(); k++) {
                float[] moved = xy.clone();
                for (int i = 0; i < moved.length; i++) {
                    moved[i] += 7 * k;
                }
                Keypoints keypoints = Keypoints.ofPositions(moved);
                database.addImage(NAMES.get(k), 1, keypoints);
                features.put(NAMES.get(k), new Features(keypoints, 1, new float[POINTS]));
            }
        }
    }

    private Features read(String name) {
        read.add(name);
        return features.get(name);
    }

    private CollectionMatcher matcher(int threads) {
        return new CollectionMatcher((a, b) -> {
            int[] indices = new int[2 * POINTS];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = i / 2;
            }
            return new Matches(indices, new float[POINTS]);
        }, new TwoViewVerifier(), new CollectionMatcher.Options(threads, 1));
    }

    /** Counts pairs, and stops after some as a kill does. */
    private static final class Counter implements CollectionMatcher.Listener {
        private final int limit;
        private int stored;
        private int skipped;

        Counter(int limit) {
            this.limit = limit;
        }

        @Override
        public void stored(NamePair pair, int matches, VerifiedPair verified) {
            assertEquals(POINTS, matches);
            if (++stored == limit) {
                throw new IllegalStateException("killed");
            }
        }

        @Override
        public void skipped(int count) {
            skipped = count;
        }
    }

    @Test
    void storesEveryPairWithItsGeometry() throws IOException {
        Counter counter = new Counter(-1);
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            CollectionMatcher.Summary summary = matcher(3).match(database, this::read, pairs, counter);
            assertEquals(new CollectionMatcher.Summary(10, 0, 10, 400, 400), summary);
            assertEquals(10, counter.stored);
            for (NamePair pair : pairs) {
                VerifiedPair verified = database.verifiedPair(1 + NAMES.indexOf(pair.first()),
                        1 + NAMES.indexOf(pair.second())).orElseThrow();
                assertEquals(TwoViewConfiguration.PLANAR_OR_PANORAMIC, verified.configuration());
                double shift = 7 * (NAMES.indexOf(pair.second()) - NAMES.indexOf(pair.first()));
                assertArrayEquals(new double[] {1, 0, shift, 0, 1, shift, 0, 0, 1},
                        verified.homography().orElseThrow(), 0.01);
            }
        }
    }

    @Test
    void goesOnAfterAKill() throws IOException {
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            assertThrows(IllegalStateException.class,
                    () -> matcher(1).match(database, this::read, pairs, new Counter(4)));
        }
        Counter rest = new Counter(-1);
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            assertEquals(4, database.verifiedPairs().size());
            CollectionMatcher.Summary summary = matcher(2).match(database, this::read, pairs, rest);
            assertEquals(6, summary.pairs());
            assertEquals(4, summary.skipped());
            assertEquals(10, database.verifiedPairs().size());
        }
        assertEquals(4, rest.skipped);
        assertEquals(6, rest.stored);
    }

    @Test
    void matchesThatAreThereAreVerifiedAndKept() throws IOException {
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            int[] some = new int[2 * 20];
            for (int i = 0; i < some.length; i++) {
                some[i] = i / 2;
            }
            new Transaction(file, connection(database)).run(() -> {
                connection(database).createStatement().execute("INSERT INTO matches VALUES(" + PairId.of(1, 2)
                        + ", 20, 2, x'" + HexFormat.of().formatHex(Blobs.of(some)) + "')");
                return null;
            });
            CollectionMatcher.Summary summary = matcher(1).match(database, this::read,
                    List.of(new NamePair("b", "a")), new CollectionMatcher.Listener() {
                        @Override
                        public void stored(NamePair pair, int matches, VerifiedPair verified) {
                            assertEquals(20, matches);
                            assertEquals(20, verified.inlierCount());
                        }

                        @Override
                        public void skipped(int count) {}
                    });
            assertEquals(20, summary.matches());
        }
    }

    private static Connection connection(ColmapDatabase database) {
        return database.connection();
    }

    @Test
    void readsFeaturesByBlocksOfImages() throws IOException {
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            matcher(1).match(database, this::read, pairs, new Counter(-1));
        }
        assertTrue(read.size() <= 2 * pairs.size(), "read " + read.size());
        read.clear();
        FeatureCache cache = new FeatureCache(this::read, 1L << 30);
        for (NamePair pair : pairs) {
            cache.read(pair.first());
            cache.read(pair.second());
        }
        assertEquals(NAMES.size(), read.size());
    }

    @Test
    void anImageThatIsMissingOrHasOtherFeaturesIsNamed() throws IOException {
        try (ColmapDatabase database = ColmapDatabase.open(file)) {
            DatasetException missing = assertThrows(DatasetException.class, () -> matcher(1).match(database, this::read,
                    List.of(new NamePair("a", "z")), new Counter(-1)));
            assertTrue(missing.getMessage().contains("no image 'z'"), missing.getMessage());
            features.put("b", new Features(Keypoints.ofPositions(new float[6]), 1, new float[3]));
            DatasetException others = assertThrows(DatasetException.class, () -> matcher(1).match(database, this::read,
                    pairs, new Counter(-1)));
            assertTrue(others.getMessage().contains("image b, has 40 key points and its features 3")
                    || others.getMessage().contains("image b: has 40 key points and its features 3"),
                    others.getMessage());
        }
    }
}
