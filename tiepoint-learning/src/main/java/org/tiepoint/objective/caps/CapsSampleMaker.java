package org.tiepoint.objective.caps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tiepoint.augment.AffineWarp;
import org.tiepoint.dataset.DepthRange;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.PosedImageLoader;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.Image;
import org.tiepoint.objective.posed.CroppedView;
import org.tiepoint.objective.posed.PairList;
import org.tiepoint.recipe.CapsRecipe;

/**
 * Turns a pair of posed photos into a training sample: cut to the recipe's size with the intrinsics that belong to it,
 * warped, query points drawn and pruned, colours disturbed. Safe for use by several threads.
 */
final class CapsSampleMaker {
    private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

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
        return make(pair, portrait, seed, true, recipe.augmentation().warpAt(step));
    }

    /** A sample to validate with: the middle of both photos, undisturbed. */
    CapsSample undisturbed(PairList.ScenePair pair, boolean portrait, long seed) throws IOException {
        return make(pair, portrait, seed, false, new AffineWarp(0, 1, 1));
    }

    private CapsSample make(PairList.ScenePair pair, boolean portrait, long seed, boolean augment,
            AffineWarp warpRange) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        PosedCollection scene = scenes.get(pair.scene());
        PosedImage first = scene.images().get(pair.pair().first());
        PosedImage second = scene.images().get(pair.pair().second());
        int width = portrait ? recipe.data().height() : recipe.data().width();
        int height = portrait ? recipe.data().width() : recipe.data().height();
        double shareX = augment ? random.nextDouble() : 0.5;
        double shareY = augment ? random.nextDouble() : 0.5;
        double[] warp = warpRange.isIdentity() ? IDENTITY : warpRange.draw(width, height, random);
        LoadedView firstPhoto = PosedImageLoader.load(first);
        LoadedView secondPhoto = PosedImageLoader.load(second);
        CroppedView firstView = CroppedView.of(firstPhoto, width, height, shareX, shareY, IDENTITY);
        CroppedView secondView = CroppedView.of(secondPhoto, width, height, shareX, shareY, warp);

        Pose relative = first.pose().to(second.pose());
        double[] fundamental = Epipolar.fundamental(firstView.intrinsic(), secondView.intrinsic(), relative);
        DepthRange depth = depths.get(pair.scene());
        QueryPruning pruning = new QueryPruning(fundamental, firstView.intrinsic(), secondView.intrinsic(), relative,
                width, height, depth.min(), depth.max(), recipe.data().referencePruning());
        float[] queries = QueryPoints.draw(firstView.image(), recipe.data().queries(), recipe.data().querySource(),
                pruning, random);
        double[] truth = augment ? new double[0]
                : TrueLocations.of(first, second, firstPhoto.camera(), secondPhoto.camera(), firstView, secondView,
                        queries);
        String name = scene.name() + " " + first.name() + " " + second.name();
        return new CapsSample(name, disturb(firstView.image(), augment, random),
                disturb(secondView.image(), augment, random), queries, fundamental, truth);
    }

    private Image disturb(Image image, boolean augment, SplittableRandom random) {
        return augment ? recipe.augmentation().colour().apply(image, random) : image;
    }
}
