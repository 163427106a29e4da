package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldOutViewsTest {
    private static final PosedCollection RING = TestScenes.ring(30, 6, 10);

    private static HeldOutViews.Options options(int pairs, long seed) {
        return new HeldOutViews.Options(0.2, pairs, 60, seed);
    }

    @Test
    void nothingIsLearnedFromAViewToJudgeBy() {
        HeldOutViews views = HeldOutViews.of(List.of(RING), options(100, 1));
        assertEquals(6, views.views());
        Set<PosedImage> left = new HashSet<>(views.training().get(0).images());
        assertEquals(24, left.size());
        for (HeldOutViews.ViewPair pair : views.pairs()) {
            int unseen = (left.contains(pair.first()) ? 0 : 1) + (left.contains(pair.second()) ? 0 : 1);
            assertTrue(unseen > 0, pair.name());
            assertEquals(unseen == 2, pair.bothUnseen(), pair.name());
        }
        List<Boolean> both = views.pairs().stream().map(HeldOutViews.ViewPair::bothUnseen).toList();
        assertTrue(both.contains(true) && both.lastIndexOf(true) < both.indexOf(false), "unseen pairs first");
        assertEquals(views, HeldOutViews.of(List.of(RING), options(100, 1)));
        assertNotEquals(views, HeldOutViews.of(List.of(RING), options(100, 2)));
    }

    @Test
    void scenesTakeTurns() {
        PosedCollection other = new PosedCollection("other", RING.images(), List.of(), Optional.empty());
        HeldOutViews views = HeldOutViews.of(List.of(RING, other), options(9, 1));
        assertEquals(9, views.pairs().size());
        assertEquals(4, views.pairs().stream().filter(pair -> pair.name().startsWith("other ")).count());
    }

    /** A scene of few views is learned from whole; there must be another. */
    @Test
    void fewViewsAreNotKeptBack() {
        PosedCollection few = TestScenes.ring(HeldOutViews.FEWEST_VIEWS - 1, 6, 10);
        HeldOutViews views = HeldOutViews.of(List.of(few, RING), options(100, 1));
        assertEquals(few, views.training().get(0));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> HeldOutViews.of(List.of(few), options(100, 1)));
        assertTrue(e.getMessage().contains("give more photos"), e.getMessage());
    }

    @Test
    void whatBelongsToAViewGoesWithIt() {
        SparsePoints points = new SparsePoints(new double[9], new int[][] {{0, 1, 3}, {1}, {2, 3}});
        PosedCollection scene = new PosedCollection("scene", new ArrayList<>(RING.images().subList(0, 4)),
                List.of(new ImagePair(0, 1), new ImagePair(0, 3), new ImagePair(3, 2)), Optional.of(points));
        PosedCollection left = scene.without(Set.of(1));
        assertEquals(List.of(RING.images().get(0), RING.images().get(2), RING.images().get(3)), left.images());
        assertEquals(List.of(new ImagePair(0, 2), new ImagePair(2, 1)), left.pairs());
        assertArrayEquals(new int[][] {{0, 2}, {}, {1, 2}}, left.points().orElseThrow().tracks());
    }
}
