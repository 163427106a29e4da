package org.tiepoint.objective.posed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.tiepoint.dataset.ImagePair;
import org.tiepoint.dataset.PairSelector;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.recipe.Recipe;

/**
 * The pairs of all scenes, split into training and held-out ones, and their order. The order follows from the seed and
 * the step alone, so a resumed training goes on where it stopped. All pairs of one batch have one orientation. Immutable.
 */
public final class PairList {
    /**
     * One pair of one scene.
     *
     * @param scene place among the collections
     * @param pair  places among the scene's images
     */
    public record ScenePair(int scene, ImagePair pair) {}

    /**
     * The pairs of one step.
     *
     * @param portrait whether their first pictures are higher than wide
     * @param pairs    as many as the batch wants
     */
    public record Batch(boolean portrait, List<ScenePair> pairs) {}

    private final List<PosedCollection> scenes;
    private final List<ScenePair> training = new ArrayList<>();
    private final List<ScenePair> heldOut = new ArrayList<>();
    private final long seed;
    private final int batchSize;
    private long cachedEpoch = -1;
    private List<Batch> cachedBatches = List.of();

    /**
     * Splits the pairs.
     *
     * @param scenes the collections
     * @param pairs  the chosen pairs of each collection
     * @param recipe its seed, batch and share of held-out pairs
     * @throws IllegalArgumentException when no pair is left to train on
     */
    public PairList(List<PosedCollection> scenes, List<List<ImagePair>> pairs, Recipe recipe) {
        this.scenes = scenes;
        this.seed = recipe.seed();
        this.batchSize = recipe.optimisation().batch();
        Random random = new Random(recipe.seed());
        for (int scene = 0; scene < scenes.size(); scene++) {
            List<ImagePair> shuffled = new ArrayList<>(pairs.get(scene));
            Collections.shuffle(shuffled, random);
            int held = recipe.schedule().heldOut(shuffled.size());
            for (int i = 0; i < shuffled.size(); i++) {
                (i < held ? heldOut : training).add(new ScenePair(scene, shuffled.get(i)));
            }
        }
        Collections.shuffle(heldOut, random);
        int kept = Math.min(heldOut.size(), recipe.schedule().validationPairs());
        heldOut.subList(kept, heldOut.size()).clear();
        if (training.isEmpty()) {
            throw new IllegalArgumentException("no pair to train on: give photos that overlap");
        }
    }

    /**
     * Chooses the pairs of every scene, by covisibility or overlap and rotation.
     *
     * @param maxPairsPerScene   at most so many
     * @param maxRotationDegrees pairs turned further against each other are left out
     */
    public static PairList select(List<PosedCollection> scenes, int maxPairsPerScene, double maxRotationDegrees,
            Recipe recipe) {
        PairSelector.Options defaults = PairSelector.Options.defaults();
        PairSelector selector = new PairSelector(new PairSelector.Options(maxPairsPerScene,
                defaults.minRotationDegrees(), maxRotationDegrees, defaults.minOverlap(), recipe.seed()));
        List<List<ImagePair>> chosen = new ArrayList<>();
        for (PosedCollection scene : scenes) {
            chosen.add(selector.select(scene).kept());
        }
        return new PairList(scenes, chosen, recipe);
    }

    /** The pairs to learn from. */
    public List<ScenePair> training() {
        return training;
    }

    /** The pairs to validate with. */
    public List<ScenePair> heldOut() {
        return heldOut;
    }

    /** How many scenes and pairs there are. */
    public String summary() {
        return scenes.size() + " scenes, " + training.size() + " training pairs, " + heldOut.size() + " held out";
    }

    /** Tells these pairs from others: how many there are, and a hash of their scenes, photos' names and poses. */
    public String fingerprint() {
        int hash = 1;
        for (List<ScenePair> part : List.of(training, heldOut)) {
            for (ScenePair pair : part) {
                PosedCollection scene = scenes.get(pair.scene());
                hash = 31 * hash + scene.name().hashCode();
                for (int image : new int[] {pair.pair().first(), pair.pair().second()}) {
                    PosedImage posed = scene.images().get(image);
                    hash = 31 * hash + Objects.hash(posed.name(), Arrays.hashCode(posed.pose().rotation()),
                            Arrays.hashCode(posed.pose().translation()));
                }
            }
        }
        return scenes.size() + " scenes, " + training.size() + " training and " + heldOut.size()
                + " held-out pairs, hash " + Integer.toHexString(hash);
    }

    /** The pairs of a step, counted from 0. Called in any order, fastest in ascending order. */
    public synchronized Batch batch(long step) {
        long epoch = step / batchesPerEpoch();
        if (epoch != cachedEpoch) {
            cachedBatches = shuffledBatches(epoch);
            cachedEpoch = epoch;
        }
        return cachedBatches.get((int) (step % batchesPerEpoch()));
    }

    /** Steps in which every training pair is used about once. */
    public int batchesPerEpoch() {
        int portraits = (int) training.stream().filter(this::isPortrait).count();
        return batches(portraits) + batches(training.size() - portraits);
    }

    /** Whether the first photo is higher than wide. */
    public boolean isPortrait(ScenePair pair) {
        PosedImage first = scenes.get(pair.scene()).images().get(pair.pair().first());
        return first.camera().height() > first.camera().width();
    }

    private int batches(int pairs) {
        return (pairs + batchSize - 1) / batchSize;
    }

    private List<Batch> shuffledBatches(long epoch) {
        Random random = new Random(seed * 31 + epoch);
        List<Batch> batches = new ArrayList<>();
        for (boolean portrait : new boolean[] {false, true}) {
            List<ScenePair> group = new ArrayList<>(training.stream().filter(p -> isPortrait(p) == portrait).toList());
            Collections.shuffle(group, random);
            for (int start = 0; start < group.size(); start += batchSize) {
                List<ScenePair> pairs = new ArrayList<>();
                for (int i = 0; i < batchSize; i++) {
                    pairs.add(group.get((start + i) % group.size()));
                }
                batches.add(new Batch(portrait, pairs));
            }
        }
        Collections.shuffle(batches, random);
        return batches;
    }
}
