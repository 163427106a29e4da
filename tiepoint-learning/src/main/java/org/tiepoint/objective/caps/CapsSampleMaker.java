package org.tiepoint.objective.caps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tiepoint.dataset.DepthRange;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.image.Image;
import org.tiepoint.objective.posed.PairList;
import org.tiepoint.objective.posed.PosedViews;
import org.tiepoint.recipe.CapsRecipe;

/**
 * Turns a pair of posed photos into a training sample: cut to the recipe's size with the intrinsics that belong to it,
 * warped, query points drawn and pruned, colours disturbed. Safe for use by several threads.
 */
final class CapsSampleMaker {
    private final CapsRecipe recipe;
    private final List<PosedCollection> scenes;
    private final List<DepthRange> depths = new ArrayList<>();

    CapsSampleMaker(CapsRecipe recipe, List<PosedCollection> scenes) {
        this.recipe = recipe;
        this.scenes = scenes;
        for (PosedCollection scene : scenes) {
            depths.add(recipe.data().referencePruning() ? DepthRange.CAPS : DepthRange.of(scene));
        }
    }

    /**
     * A sample to learn from: cut at random, warped as far as the recipe goes at that step, colours disturbed.
     *
     * @param portrait whether to swap the recipe's sides
     * @param seed     of every draw
     * @param step     counted from 0
     */
    CapsSample augmented(PairList.ScenePair pair, boolean portrait, long seed, long step) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        PosedViews views = PosedViews.augmented(scenes.get(pair.scene()), pair, width(portrait), height(portrait),
                recipe.augmentation().warpAt(step), random);
        float[] queries = queries(views, pair.scene(), random);
        return new CapsSample(views.name(), recipe.augmentation().colour().apply(views.firstView().image(), random),
                recipe.augmentation().colour().apply(views.secondView().image(), random), queries, views.fundamental(),
                new double[0]);
    }

    /** A sample to validate with: the middle of both photos, undisturbed. */
    CapsSample undisturbed(PairList.ScenePair pair, boolean portrait, long seed) throws IOException {
        PosedViews views = PosedViews.undisturbed(scenes.get(pair.scene()), pair, width(portrait), height(portrait));
        float[] queries = queries(views, pair.scene(), new SplittableRandom(seed));
        return new CapsSample(views.name(), views.firstView().image(), views.secondView().image(), queries,
                views.fundamental(), TrueLocations.of(views, queries));
    }

    private float[] queries(PosedViews views, int scene, SplittableRandom random) {
        DepthRange depth = depths.get(scene);
        Image image = views.firstView().image();
        QueryPruning pruning = new QueryPruning(views.fundamental(), views.firstView().intrinsic(),
                views.secondView().intrinsic(), views.relative(), image.width(), image.height(), depth.min(),
                depth.max(), recipe.data().referencePruning());
        return QueryPoints.draw(image, recipe.data().queries(), recipe.data().querySource(), pruning, random);
    }

    private int width(boolean portrait) {
        return portrait ? recipe.data().height() : recipe.data().width();
    }

    private int height(boolean portrait) {
        return portrait ? recipe.data().width() : recipe.data().height();
    }
}
