package org.tiepoint.objective.posed;

import java.io.IOException;
import java.util.SplittableRandom;
import org.tiepoint.augment.AffineWarp;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.PosedImageLoader;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Pose;

/**
 * Both photos of a pair, cut to one size and the second warped, with the geometry between them.
 *
 * @param name        scene and photo names, for messages
 * @param first       the first photo's place and pose
 * @param second      the second photo's place and pose
 * @param firstPhoto  undistorted
 * @param secondPhoto undistorted
 * @param firstView   what is left of the first photo
 * @param secondView  what is left of the second photo
 * @param relative    from the first to the second camera
 * @param fundamental from the first to the second view, row-major 3x3, pixels
 */
public record PosedViews(String name, PosedImage first, PosedImage second, LoadedView firstPhoto,
        LoadedView secondPhoto, CroppedView firstView, CroppedView secondView, Pose relative, double[] fundamental) {
    private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    /**
     * Loads a pair to learn from: cut at random, the second view warped.
     *
     * @param warp its range
     */
    public static PosedViews augmented(PosedCollection scene, PairList.ScenePair pair, int width, int height,
            AffineWarp warp, SplittableRandom random) throws IOException {
        double shareX = random.nextDouble();
        double shareY = random.nextDouble();
        double[] drawn = warp.isIdentity() ? IDENTITY : warp.draw(width, height, random);
        return load(scene, pair, width, height, shareX, shareY, drawn);
    }

    /** Loads a pair to validate with: the middle of both photos. */
    public static PosedViews undisturbed(PosedCollection scene, PairList.ScenePair pair, int width, int height)
            throws IOException {
        return load(scene, pair, width, height, 0.5, 0.5, IDENTITY);
    }

    private static PosedViews load(PosedCollection scene, PairList.ScenePair pair, int width, int height,
            double shareX, double shareY, double[] warp) throws IOException {
        PosedImage first = scene.images().get(pair.pair().first());
        PosedImage second = scene.images().get(pair.pair().second());
        LoadedView firstPhoto = PosedImageLoader.load(first);
        LoadedView secondPhoto = PosedImageLoader.load(second);
        CroppedView firstView = CroppedView.of(firstPhoto, width, height, shareX, shareY, IDENTITY);
        CroppedView secondView = CroppedView.of(secondPhoto, width, height, shareX, shareY, warp);
        Pose relative = first.pose().to(second.pose());
        return new PosedViews(scene.name() + " " + first.name() + " " + second.name(), first, second, firstPhoto,
                secondPhoto, firstView, secondView, relative,
                Epipolar.fundamental(firstView.intrinsic(), secondView.intrinsic(), relative));
    }
}
