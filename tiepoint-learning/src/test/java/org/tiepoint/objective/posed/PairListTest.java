package org.tiepoint.objective.posed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tiepoint.dataset.ImagePair;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.recipe.Recipe;
import org.tiepoint.recipe.RecipeException;
import org.tiepoint.testing.TinyTraining;

class PairListTest {
    private static final Pose POSE = new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);

    /** So many images, the first ones upright, each paired with the next. */
    private static PosedCollection scene(String name, int portraits, int landscapes) {
        List<PosedImage> images = new ArrayList<>();
        List<ImagePair> pairs = new ArrayList<>();
        for (int i = 0; i < portraits + landscapes; i++) {
            int width = i < portraits ? 60 : 80;
            Camera camera = Camera.pinhole(width, 140 - width, 50, 50, 30, 30);
            images.add(new PosedImage(i + ".png", Path.of(name, i + ".png"), camera, POSE));
            if (i > 0) {
                pairs.add(new ImagePair(i - 1, i));
            }
        }
        return new PosedCollection(name, images, pairs, Optional.empty());
    }

    private static PairList list(double share, int most, int batch, long seed, PosedCollection... scenes)
            throws RecipeException {
        String recipe = TinyTraining.with(TinyTraining.recipe(1), "validationShare", share);
        recipe = TinyTraining.with(recipe, "validationPairs", most);
        recipe = TinyTraining.with(TinyTraining.with(recipe, "batch", batch), "seed", seed);
        return new PairList(List.of(scenes), List.of(scenes).stream().map(PosedCollection::pairs).toList(),
                TinyTraining.parse(recipe));
    }

    @Test
    void everySceneGivesItsShareToTheValidation() throws RecipeException {
        PairList list = list(0.2, 100, 2, 1, scene("a", 0, 21), scene("b", 0, 11), scene("c", 0, 3), scene("d", 0, 2));
        int[] held = new int[4];
        list.heldOut().forEach(pair -> held[pair.scene()]++);
        assertEquals(List.of(4, 2, 1, 0), List.of(held[0], held[1], held[2], held[3]));
        Set<PairList.ScenePair> all = new HashSet<>(list.training());
        all.addAll(list.heldOut());
        assertEquals(20 + 10 + 2 + 1, all.size());
        assertEquals(33, list.training().size() + list.heldOut().size(), "no pair is in both");
        assertEquals(5, list(0.2, 5, 2, 1, scene("a", 0, 41)).heldOut().size());
        assertTrue(list(0, 5, 2, 1, scene("a", 0, 41)).heldOut().isEmpty());
    }

    @Test
    void anEpochUsesEveryPairInBatchesOfOneOrientation() throws RecipeException {
        PairList list = list(0, 1, 3, 1, scene("a", 4, 12), scene("b", 2, 8));
        int perEpoch = list.batchesPerEpoch();
        // upright first pictures: 4 + 2; others: 11 + 7
        assertEquals(2 + 6, perEpoch);
        List<List<PairList.ScenePair>> epochs = new ArrayList<>();
        for (int epoch = 0; epoch < 2; epoch++) {
            Map<PairList.ScenePair, Integer> uses = new HashMap<>();
            List<PairList.ScenePair> order = new ArrayList<>();
            for (int step = 0; step < perEpoch; step++) {
                PairList.Batch batch = list.batch((long) epoch * perEpoch + step);
                assertEquals(3, batch.pairs().size());
                for (PairList.ScenePair pair : batch.pairs()) {
                    assertEquals(batch.portrait(), list.isPortrait(pair));
                    uses.merge(pair, 1, Integer::sum);
                }
                order.addAll(batch.pairs());
            }
            assertEquals(new HashSet<>(list.training()), uses.keySet());
            epochs.add(order);
        }
        assertNotEquals(epochs.get(0), epochs.get(1), "every epoch has its own order");
    }

    /** A resumed training asks for later steps first. */
    @Test
    void theOrderFollowsFromSeedAndStepAlone() throws RecipeException {
        PosedCollection scene = scene("a", 5, 20);
        PairList list = list(0.1, 5, 2, 1, scene);
        PairList.Batch late = list.batch(40);
        for (int step = 0; step < 40; step++) {
            list.batch(step);
        }
        assertEquals(late, list.batch(40));
        assertEquals(late, list(0.1, 5, 2, 1, scene).batch(40));
        boolean differs = false;
        PairList other = list(0.1, 5, 2, 2, scene);
        for (int step = 0; step < 5; step++) {
            differs |= !other.batch(step).equals(list.batch(step));
        }
        assertTrue(differs);
    }

    @Test
    void theFingerprintTellsPairsScenesAndSeedsApart() throws RecipeException {
        String fingerprint = list(0.1, 5, 2, 1, scene("a", 0, 20)).fingerprint();
        assertTrue(fingerprint.startsWith("1 scenes, 17 training and 2 held-out pairs, hash "), fingerprint);
        assertEquals(fingerprint, list(0.1, 5, 2, 1, scene("a", 0, 20)).fingerprint());
        assertFalse(fingerprint.equals(list(0.1, 5, 2, 1, scene("b", 0, 20)).fingerprint()));
        assertFalse(fingerprint.equals(list(0.1, 5, 2, 2, scene("a", 0, 20)).fingerprint()));
    }

    @Test
    void withoutAPairThereIsNothingToTrainOn() {
        assertEquals("no pair to train on: give photos that overlap", assertThrows(IllegalArgumentException.class,
                () -> list(0.1, 5, 2, 1, scene("a", 0, 1))).getMessage());
    }
}
