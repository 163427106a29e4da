package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairSelectorTest {
    private static PairSelector.Options options(int maxPairs, double least, double most, double overlap, long seed) {
        return new PairSelector.Options(maxPairs, least, most, overlap, seed);
    }

    private static double degrees(PosedCollection scene, ImagePair pair) {
        return scene.images().get(pair.first()).pose().to(scene.images().get(pair.second()).pose()).rotationDegrees();
    }

    private static void assertAddsUp(PairSelection selection) {
        long dropped = selection.dropped().values().stream().mapToLong(Long::longValue).sum();
        assertEquals(selection.considered(), selection.kept().size() + dropped);
    }

    @Test
    void takesPairsThatSharePoints() {
        PosedCollection scene = TestScenes.withPoints(TestScenes.ring(30, 4, 10), 3000, 2, 5);
        PairSelection selection = new PairSelector(options(1000, 0, 80, 0.1, 1)).select(scene);

        assertEquals(30 * 29 / 2, selection.considered());
        assertAddsUp(selection);
        assertEquals(Map.of(DropReason.LITTLE_OVERLAP, selection.considered() - selection.kept().size()),
                selection.dropped());
        // tracks of 5 neighbours: images up to 4 apart share points; of the interior ones 4 apart a fifth
        assertTrue(selection.kept().stream().allMatch(p -> p.second() - p.first() <= 4 && p.first() < p.second()));
        assertTrue(selection.kept().containsAll(List.of(new ImagePair(10, 11), new ImagePair(10, 14))));
        PairSelection strict = new PairSelector(options(1000, 0, 80, 0.5, 1)).select(scene);
        assertTrue(strict.kept().contains(new ImagePair(10, 11)) && !strict.kept().contains(new ImagePair(10, 14)));
    }

    @Test
    void countsSharedPointsExactly() {
        SparsePoints points = new SparsePoints(new double[12], new int[][] {{0, 1}, {0, 1, 2}, {1, 2}, {2}});
        Covisibility covisibility = new Covisibility(3, points);
        int[] shared = {9, 9, 9};
        covisibility.sharedWith(0, shared);
        assertEquals(List.of(0, 2, 1), Arrays.stream(shared).boxed().toList());
        covisibility.sharedWith(1, shared);
        assertEquals(2, shared[2]);
        assertEquals(2, covisibility.points(0));
        assertEquals(3, covisibility.points(2));
    }

    @Test
    void takesPairsWhoseFrustaOverlap() {
        PosedCollection ring = TestScenes.ring(36, 10, 10);
        PairSelection selection = new PairSelector(options(1000, 5, 40, 0.7, 1)).select(ring);

        assertAddsUp(selection);
        assertTrue(selection.kept().contains(new ImagePair(3, 5)));
        assertTrue(selection.kept().stream().allMatch(p -> degrees(ring, p) >= 5 && degrees(ring, p) <= 40.0001));
        assertTrue(selection.dropped().containsKey(DropReason.LITTLE_OVERLAP));
        assertTrue(selection.dropped().containsKey(DropReason.ROTATION_TOO_LARGE));

        PosedCollection away = TestScenes.drive(20, 100);
        assertTrue(new PairSelector(options(1000, 0, 80, 0.9, 1)).select(away, new DepthRange(1, 10, 20)).kept()
                .isEmpty());
    }

    @Test
    void measuresOverlapOfKnownViews() {
        List<PosedImage> images = TestScenes.ring(2, 180, 10).images();
        FrustumOverlap opposite = new FrustumOverlap(images, 10);
        // what lies nearer or farther than the middle falls partly outside of, or behind, the camera opposite
        assertTrue(opposite.of(0, 1) > 0.2 && opposite.of(0, 1) < 0.9, opposite.of(0, 1) + "");
        assertEquals(1, new FrustumOverlap(List.of(images.get(0), images.get(0)), 10).of(0, 1));
        assertEquals(0, new FrustumOverlap(TestScenes.ring(2, 180, -10).images(), 10).of(0, 1));
    }

    @Test
    void refusesPairsWithoutRotationOrBaseline() {
        PosedCollection scene = TestScenes.drive(3, 0.001);
        PairSelection still = new PairSelector(options(10, 0, 80, 0.1, 1)).select(scene, new DepthRange(1, 10, 20));
        assertEquals(Map.of(DropReason.NO_BASELINE, 3L), still.dropped());
        PairSelection turned = new PairSelector(options(10, 5, 80, 0.1, 1)).select(TestScenes.drive(3, 0.5));
        assertEquals(Map.of(DropReason.ROTATION_TOO_SMALL, 3L), turned.dropped());
    }

    @Test
    void keepsTheSourcesListWithinTheRotationLimit() {
        PosedCollection ring = TestScenes.ring(36, 10, 10);
        List<ImagePair> listed = List.of(new ImagePair(2, 1), new ImagePair(0, 9), new ImagePair(0, 18));
        PosedCollection scene = new PosedCollection("x", ring.images(), listed, Optional.empty());
        PairSelection selection = new PairSelector(options(10, 20, 100, 0.9, 1)).select(scene);

        assertEquals(List.of(new ImagePair(0, 9), new ImagePair(2, 1)), selection.kept());
        assertEquals(3, selection.considered());
        assertEquals(Map.of(DropReason.ROTATION_TOO_LARGE, 1L), selection.dropped());
    }

    @Test
    void balancesOverRotationAndRepeatsItselfForASeed() {
        PosedCollection ring = TestScenes.ring(80, 1, 10);
        PairSelection selection = new PairSelector(options(160, 0, 80, 0.1, 5)).select(ring);

        assertEquals(160, selection.kept().size());
        assertTrue(selection.dropped().get(DropReason.OVER_LIMIT) > 1000);
        int[] steps = new int[8];
        selection.kept().forEach(pair -> steps[(int) Math.min(7, degrees(ring, pair) / 10)]++);
        for (int step : steps) {
            assertTrue(step >= 15 && step <= 25, Arrays.toString(steps));
        }
        assertEquals(selection, new PairSelector(options(160, 0, 80, 0.1, 5)).select(ring));
        assertNotEquals(selection.kept(), new PairSelector(options(160, 0, 80, 0.1, 6)).select(ring).kept());
    }

    @Test
    void boundsTheWorkInABigCollection() {
        PosedCollection drive = TestScenes.drive(3000, 1);
        PairSelection selection = new PairSelector(options(500, 0, 80, 0.2, 1)).select(drive);

        assertTrue(selection.considered() <= PairSelector.MOST_FRUSTUM_PAIRS, selection.considered() + "");
        assertEquals(500, selection.kept().size());
        assertAddsUp(selection);
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> options(0, 0, 80, 0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> options(10, 80, 80, 0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> options(10, 0, 181, 0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> options(10, 0, 80, 1.1, 1));
        assertThrows(IllegalArgumentException.class, () -> options(10, Double.NaN, 80, 0.1, 1));
    }
}
