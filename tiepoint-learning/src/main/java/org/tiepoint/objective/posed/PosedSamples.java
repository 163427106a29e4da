package org.tiepoint.objective.posed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.recipe.Augmentation;
import org.tiepoint.recipe.PosedData;
import org.tiepoint.recipe.Recipe;

/** Makes samples of posed pairs, cut to one size, warped and with disturbed colours. Safe for use by several threads. */
public final class PosedSamples {
    private final List<PosedCollection> scenes;
    private final PosedData data;
    private final Augmentation augmentation;
    private final long seed;
    private final PairList pairs;

    /**
     * Chooses the pairs.
     *
     * @param scenes photos to train on
     * @param recipe its seed, batch and share of held-out pairs
     * @throws IllegalArgumentException when the scenes have no pair to train on
     */
    public PosedSamples(List<PosedCollection> scenes, PosedData data, Augmentation augmentation, Recipe recipe) {
        this.scenes = scenes;
        this.data = data;
        this.augmentation = augmentation;
        this.seed = recipe.seed();
        this.pairs = PairList.select(scenes, data.maxPairsPerScene(), data.maxRotationDegrees(), recipe);
    }

    public PairList pairs() {
        return pairs;
    }

    /** Tasks that make the samples of a step, counted from 0. */
    public List<Callable<PosedSample>> of(long step) {
        PairList.Batch batch = pairs.batch(step);
        List<Callable<PosedSample>> samples = new ArrayList<>();
        for (int i = 0; i < batch.pairs().size(); i++) {
            PairList.ScenePair pair = batch.pairs().get(i);
            long sampleSeed = StepSeed.of(seed, step, i);
            samples.add(() -> augmented(pair, batch.portrait(), sampleSeed, step));
        }
        return samples;
    }

    /** The i-th held-out pair, undisturbed. */
    public PosedSample heldOut(int i) throws IOException {
        PairList.ScenePair pair = pairs.heldOut().get(i);
        boolean portrait = pairs.isPortrait(pair);
        PosedViews views = PosedViews.undisturbed(scenes.get(pair.scene()), pair, width(portrait), height(portrait));
        return new PosedSample(views.name(), views.firstView().image(), views.secondView().image(),
                views.fundamental());
    }

    private PosedSample augmented(PairList.ScenePair pair, boolean portrait, long sampleSeed, long step)
            throws IOException {
        SplittableRandom random = new SplittableRandom(sampleSeed);
        PosedViews views = PosedViews.augmented(scenes.get(pair.scene()), pair, width(portrait), height(portrait),
                augmentation.warpAt(step), random);
        return new PosedSample(views.name(), augmentation.colour().apply(views.firstView().image(), random),
                augmentation.colour().apply(views.secondView().image(), random), views.fundamental());
    }

    private int width(boolean portrait) {
        return portrait ? data.height() : data.width();
    }

    private int height(boolean portrait) {
        return portrait ? data.width() : data.height();
    }
}
