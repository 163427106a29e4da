package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tiepoint.dataset.preparation.PairCheck;
import org.tiepoint.dataset.preparation.PairVerifier;
import org.tiepoint.feature.Features;
import org.tiepoint.geometry.Pose;
import org.tiepoint.testing.SharedFiles;

/**
 * Every reader's poses, intrinsics, axes and pixel origin against the photos themselves: SIFT matches of ten pairs of
 * near cameras a scene lie on the epipolar lines of the poses that were read.
 */
class PosedCollectionsEpipolarTest {
    private static final int PAIRS = 10;
    private static final int FEWEST_MATCHES = 20;
    private static final double LIMIT_PIXELS = 2;

    private record View(Features features, LoadedView loaded) {}

    @Test
    void matchesOfEverySceneLieOnTheEpipolarLines() throws IOException {
        List<String> failures = new ArrayList<>();
        List<PosedCollection> scenes = PosedCollections.open(SharedFiles.data("posed"));
        assertEquals(26, scenes.size());
        for (PosedCollection scene : scenes) {
            List<Double> medians = check(scene);
            Collections.sort(medians);
            double median = medians.isEmpty() ? Double.NaN : medians.get(medians.size() / 2);
            System.out.printf("epipolar check %-17s %5.2f px at 640, %2d pairs%n", scene.name(), median,
                    medians.size());
            if (!(median < LIMIT_PIXELS) || medians.size() < PAIRS) {
                failures.add(scene.name() + ": " + medians);
            }
        }
        assertTrue(failures.isEmpty(), failures.toString());
    }

    /** Medians of the first ten pairs, in seeded order, whose matches suffice. */
    private static List<Double> check(PosedCollection scene) throws IOException {
        PairVerifier verifier = new PairVerifier(new PairVerifier.Options(1024, 0.75, 2, 3));
        Map<Integer, View> views = new HashMap<>();
        List<Double> medians = new ArrayList<>();
        for (ImagePair pair : nearPairs(scene)) {
            View first = view(scene, pair.first(), views, verifier);
            View second = view(scene, pair.second(), views, verifier);
            PairCheck check = verifier.check(first.features(), first.loaded().camera(),
                    scene.images().get(pair.first()).pose(), second.features(), second.loaded().camera(),
                    scene.images().get(pair.second()).pose());
            if (check.explained() >= FEWEST_MATCHES) {
                int side = Math.max(first.loaded().camera().width(), first.loaded().camera().height());
                medians.add(check.medianPixels() * 640 / side);
            }
            if (medians.size() == PAIRS) {
                break;
            }
        }
        return medians;
    }

    private static View view(PosedCollection scene, int place, Map<Integer, View> views, PairVerifier verifier)
            throws IOException {
        View view = views.get(place);
        if (view == null) {
            LoadedView loaded = PosedImageLoader.load(scene.images().get(place));
            view = new View(verifier.features(loaded), loaded);
            views.put(place, view);
        }
        return view;
    }

    /** Of each of some cameras the nearest ones at 5 to 35 degrees, or 0 to 35 for a camera that hardly turns. */
    private static List<ImagePair> nearPairs(PosedCollection scene) {
        Random random = new Random(7);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < scene.images().size(); i++) {
            places.add(i);
        }
        Collections.shuffle(places, random);
        List<ImagePair> pairs = new ArrayList<>();
        for (int least : new int[] {5, 0}) {
            for (int i : places) {
                nearest(scene, i, least).ifPresent(j -> pairs.add(new ImagePair(i, j)));
            }
        }
        return pairs;
    }

    private static OptionalInt nearest(PosedCollection scene, int i, double leastDegrees) {
        Pose pose = scene.images().get(i).pose();
        return IntStream.range(0, scene.images().size()).filter(j -> j != i).filter(j -> {
            double degrees = pose.to(scene.images().get(j).pose()).rotationDegrees();
            return degrees >= leastDegrees && degrees <= 35;
        }).boxed().sorted(Comparator.comparingDouble(j -> distance(pose, scene.images().get(j).pose())))
                .mapToInt(Integer::intValue).findFirst();
    }

    private static double distance(Pose a, Pose b) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += Math.pow(a.centre()[k] - b.centre()[k], 2);
        }
        return sum;
    }
}
