package org.tiepoint.localisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.PosedImageLoader;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticCollectionWriter;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.feature.DetectThenDescribe;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.image.Image;
import org.tiepoint.match.Matcher;
import org.tiepoint.match.MutualNearestNeighborMatcher;

/** A rendered town square: every fifth view is left out of the map and localised in it. */
class LocaliserTest {
    private static final Extractor SIFT = new DetectThenDescribe(new SiftDetector(), new RootSift(), 500);
    private static final Matcher MATCHER = new MutualNearestNeighborMatcher();

    @TempDir
    static Path folder;

    private static PosedCollection references;
    private static List<PosedImage> queries;
    private static ReferenceMap map;

    @BeforeAll
    static void build() throws IOException {
        PosedCollection scene = render();
        references = everyFifth(scene, false);
        queries = everyFifth(scene, true).images();
        map = new MapBuilder(SIFT, MATCHER, MapBuilder.Options.defaults()).build(references);
    }

    private static PosedCollection everyFifth(PosedCollection scene, boolean taken) {
        List<PosedImage> images = new ArrayList<>();
        for (int i = 0; i < scene.images().size(); i++) {
            if ((i % 5 == 2) == taken) {
                images.add(scene.images().get(i));
            }
        }
        return new PosedCollection(scene.name(), images, List.of(), Optional.empty(), scene.depths());
    }

    private static PosedCollection render() throws IOException {
        SceneOptions options = new SceneOptions(3, 10, 320, 240, 6, 0.1, 1);
        return PosedCollections.open(SyntheticCollectionWriter.write(SyntheticScene.create(options), folder)).get(0);
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    @Test
    void pointsFallWhereTheirKeyPointsAre() throws IOException {
        assertTrue(map.points().count() > 300, map.points().count() + " points");
        for (int i = 0; i < map.images().size(); i++) {
            MapImage image = map.images().get(i);
            Keypoints keypoints = map.features(i).keypoints();
            for (int k = 0; k < keypoints.count(); k++) {
                int point = map.points().pointOf()[i][k];
                if (point >= 0) {
                    double[] xyz = Arrays.copyOfRange(map.points().xyz(), 3 * point, 3 * point + 3);
                    assertTrue(new PointView(image.camera(), image.pose(), keypoints.x(k), keypoints.y(k)).error(xyz)
                            <= 4);
                }
            }
        }
    }

    @Test
    void viewsThatWereLeftOutAreFound() throws IOException {
        double depth = references.depths().orElseThrow().typical();
        for (Localiser.ShortList list : Localiser.ShortList.values()) {
            Localiser localiser = new Localiser(map, MATCHER, new Localiser.Options(list, 6, 12,
                    AbsolutePoseEstimator.Options.defaults()));
            for (PosedImage query : queries) {
                LoadedView view = PosedImageLoader.load(query);
                Localisation found = localiser.localise(SIFT.extract(view.image()), view.camera());
                assertTrue(found.pose().isPresent(), query.name() + " by " + list + ": " + found);
                assertTrue(found.inliers() >= 12 && found.inliers() <= found.matches());
                assertTrue(found.references().size() <= 6);
                assertEquals(0, found.pose().get().to(query.pose()).rotationDegrees(), 0.5, query.name());
                assertEquals(0, distance(found.pose().get().centre(), query.pose().centre()), 0.01 * depth,
                        query.name());
            }
        }
    }

    @Test
    void whatCannotBeFoundHasNoPose() throws IOException {
        Localiser localiser = new Localiser(map, MATCHER, Localiser.Options.defaults());
        Image black = new Image(320, 240, new byte[3 * 320 * 240]);
        Localisation none = localiser.localise(SIFT.extract(black), map.images().get(0).camera());
        assertEquals(new Localisation(Optional.empty(), 0, 0, List.of()), none);
        byte[] noise = new byte[3 * 320 * 240];
        new SplittableRandom(1).nextBytes(noise);
        Localisation nowhere = localiser.localise(SIFT.extract(new Image(320, 240, noise)),
                map.images().get(0).camera());
        assertFalse(nowhere.pose().isPresent(), nowhere.toString());
        assertThrows(IllegalArgumentException.class, () -> localiser.localise(
                new Features(Keypoints.ofPositions(new float[2]), 3, new float[3]), map.images().get(0).camera()));
    }

    @Test
    void aKeptMapIsTheSameAndResumes() throws IOException {
        Path kept = folder.resolve("map");
        PosedCollection few = new PosedCollection("few", references.images().subList(0, 4), List.of(),
                Optional.empty(), references.depths());
        Map<String, String> settings = Map.of("features", "rootsift", "scene", MapFolder.fingerprint(few));
        MapFolder first = MapFolder.open(kept, settings);
        assertEquals(Optional.empty(), first.load());
        AtomicInteger extracted = new AtomicInteger();
        Extractor counting = new Extractor() {
            @Override
            public Features extract(Image image) {
                extracted.incrementAndGet();
                return SIFT.extract(image);
            }

            @Override
            public int dimension() {
                return SIFT.dimension();
            }
        };
        MapBuilder builder = new MapBuilder(counting, MATCHER, MapBuilder.Options.defaults());
        ReferenceMap map = builder.build(few, first.features(), MapListener.silent());
        first.save(map);
        assertEquals(4, extracted.get());

        ReferenceMap loaded = MapFolder.open(kept, settings).load().orElseThrow();
        assertArrayEquals(map.points().xyz(), loaded.points().xyz());
        assertArrayEquals(map.features(3).descriptors(), loaded.features(3).descriptors());
        assertEquals(map.images().get(1).name(), loaded.images().get(1).name());
        Features query = map.features(0);
        assertEquals(map.similar(query, 3), loaded.similar(query, 3));
        assertEquals(map.images().get(0).name(), loaded.similar(query, 3).get(0).name());

        // one file of features is cut, the map itself damaged: only that image is extracted again
        Path features = kept.resolve("features/000002.features");
        Files.write(features, Arrays.copyOf(Files.readAllBytes(features), 500));
        byte[] points = Files.readAllBytes(kept.resolve("map.points"));
        points[points.length / 2] ^= 1;
        Files.write(kept.resolve("map.points"), points);
        MapFolder again = MapFolder.open(kept, settings);
        assertEquals(Optional.empty(), again.load());
        assertArrayEquals(map.points().xyz(), builder.build(few, again.features(), MapListener.silent())
                .points().xyz());
        assertEquals(4 + 1, extracted.get());
        assertTrue(assertThrows(DatasetException.class, () -> MapFolder.open(kept, Map.of("features", "orb")))
                .getMessage().contains("made with features rootsift, not orb"));
    }
}
