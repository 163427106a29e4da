package org.tiepoint.onnx;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;

/**
 * The best features of an image's tiles, which come one after the other. Where rounding has a maximum of the scores
 * fall on both sides of a seam, the better of the two counts. Not thread-safe.
 */
final class TileFeatures {
    /** Two local maxima are two pixels apart; refined, the same one seen from two tiles is less than this. */
    private static final double SAME_PIXELS = 0.5;

    private final int maxKeypoints;
    private Optional<Features> best = Optional.empty();

    TileFeatures(int maxKeypoints) {
        this.maxKeypoints = maxKeypoints;
    }

    /** Adds features that share none with those before, best first. */
    void add(Features features) {
        best = Optional.of(best.map(before -> best(before, new boolean[before.keypoints().count()], features,
                new boolean[features.keypoints().count()])).orElse(features));
    }

    /** Adds the features of a tile's core, best first. */
    void add(Tile tile, Features features) {
        if (best.isEmpty()) {
            best = Optional.of(features);
            return;
        }
        Features before = best.get();
        int[] beforeSeam = atSeam(tile, before.keypoints());
        int[] ownSeam = atSeam(tile, features.keypoints());
        boolean[] doubledBefore = new boolean[before.keypoints().count()];
        boolean[] doubledOwn = new boolean[features.keypoints().count()];
        for (int i : beforeSeam) {
            for (int j : ownSeam) {
                if (same(tile.frame(), before.keypoints(), i, features.keypoints(), j)) {
                    boolean better = features.keypoints().scores()[j] > before.keypoints().scores()[i];
                    doubledBefore[i] |= better;
                    doubledOwn[j] |= !better;
                }
            }
        }
        best = Optional.of(best(before, doubledBefore, features, doubledOwn));
    }

    /** What scores must be above to count: 0 as long as there is room. */
    double floor() {
        return best.isEmpty() || best.get().keypoints().count() < maxKeypoints || maxKeypoints == 0 ? 0
                : best.get().keypoints().scores()[maxKeypoints - 1];
    }

    /** The best of all. */
    Features best() {
        return best.orElseThrow();
    }

    private static boolean same(InputFrame frame, Keypoints a, int i, Keypoints b, int j) {
        return Math.hypot((a.x(i) - b.x(j)) * frame.scaleX(), (a.y(i) - b.y(j)) * frame.scaleY()) < SAME_PIXELS;
    }

    /** Key points on the edge of a tile's core, from inside and outside. */
    private static int[] atSeam(Tile tile, Keypoints keypoints) {
        return IntStream.range(0, keypoints.count()).filter(i -> tile.isAtSeam(
                tile.frame().inputX(keypoints.x(i)), tile.frame().inputY(keypoints.y(i)))).toArray();
    }

    private Features best(Features a, boolean[] withoutA, Features b, boolean[] withoutB) {
        int first = a.keypoints().count();
        int[] order = IntStream.range(0, first + b.keypoints().count())
                .filter(i -> !(i < first ? withoutA[i] : withoutB[i - first])).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -(i < first ? a.keypoints().scores()[i]
                        : b.keypoints().scores()[i - first]))).limit(maxKeypoints).mapToInt(Integer::intValue).toArray();
        int dimension = a.dimension();
        float[] xy = new float[2 * order.length];
        float[] scores = new float[order.length];
        float[] sizes = new float[order.length];
        float[] angles = new float[order.length];
        float[] descriptors = new float[order.length * dimension];
        for (int k = 0; k < order.length; k++) {
            Features from = order[k] < first ? a : b;
            int i = order[k] < first ? order[k] : order[k] - first;
            xy[2 * k] = from.keypoints().x(i);
            xy[2 * k + 1] = from.keypoints().y(i);
            scores[k] = from.keypoints().scores()[i];
            sizes[k] = from.keypoints().sizes()[i];
            angles[k] = from.keypoints().angles()[i];
            System.arraycopy(from.descriptors(), i * dimension, descriptors, k * dimension, dimension);
        }
        return new Features(new Keypoints(xy, scores, sizes, angles), dimension, descriptors);
    }
}
