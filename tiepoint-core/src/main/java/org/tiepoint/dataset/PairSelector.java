package org.tiepoint.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.geometry.Pose;

/**
 * Chooses training pairs of a collection. A pair list that the source has is kept, less what the rotation limit and a
 * missing baseline take. Otherwise pairs are found by covisibility where there are sparse points (points shared, as a
 * share of the fewer points of the two images, and at least {@value #FEWEST_SHARED}), else by the overlap of the two
 * viewing frusta at the scene's typical depth ({@link DepthRange}). Of those that pass, the number asked for is drawn
 * at random, balanced over relative rotation in {@value #ROTATION_BINS} equal steps. The same seed gives the same
 * pairs. Memory is bounded: frusta of at most {@value #MOST_FRUSTUM_PAIRS} pairs are compared, in bigger collections
 * those of images that look at near places. Thread-safe.
 */
public final class PairSelector {
    static final int FEWEST_SHARED = 15;
    static final int ROTATION_BINS = 8;
    static final int MOST_FRUSTUM_PAIRS = 1_000_000;
    /** Distance of the cameras, as a share of the scene's typical depth, below which there is no usable baseline. */
    static final double SMALLEST_BASELINE = 0.01;
    /** Bigger collections pass over so many near neighbours for each one compared, to see more than near copies. */
    private static final int NEIGHBOUR_STRIDE = 4;

    /**
     * What to take.
     *
     * @param maxPairs           pairs a collection at most, 1 to 1,000,000
     * @param minRotationDegrees least relative rotation, from 0; not applied to pair lists of the source
     * @param maxRotationDegrees greatest relative rotation, above the least, to 180; CAPS trains on up to 80
     * @param minOverlap         least share of points or space in common, 0 to 1; not applied to pair lists
     * @param seed               of the random draw
     */
    public record Options(int maxPairs, double minRotationDegrees, double maxRotationDegrees, double minOverlap,
            long seed) {
        public Options {
            if (maxPairs < 1 || maxPairs > 1_000_000) {
                throw new IllegalArgumentException("maxPairs is " + maxPairs + ": it must be 1 to 1000000");
            }
            if (!(minRotationDegrees >= 0 && minRotationDegrees < maxRotationDegrees && maxRotationDegrees <= 180)) {
                throw new IllegalArgumentException("rotation limits are " + minRotationDegrees + " and "
                        + maxRotationDegrees + " degrees: they must ascend within 0 to 180");
            }
            if (!(minOverlap >= 0 && minOverlap <= 1)) {
                throw new IllegalArgumentException("minOverlap is " + minOverlap + ": it must be 0 to 1");
            }
        }

        /** 1000 pairs, 0 to 80 degrees, overlap 0.15, seed 1. */
        public static Options defaults() {
            return new Options(1000, 0, 80, 0.15, 1);
        }
    }

    private final Options options;

    /** A selector with these options. */
    public PairSelector(Options options) {
        this.options = options;
    }

    /** Chooses with the depth range that {@link DepthRange#of} estimates. */
    public PairSelection select(PosedCollection collection) {
        return select(collection, DepthRange.of(collection));
    }

    /** Chooses with a depth range known from elsewhere. */
    public PairSelection select(PosedCollection collection, DepthRange depths) {
        Selection selection = new Selection(collection.images(), depths.typical());
        if (!collection.pairs().isEmpty()) {
            selection.offerListed(collection.pairs());
        } else if (collection.points().isPresent()) {
            selection.offerCovisible(collection.points().get());
        } else {
            selection.offerOverlapping();
        }
        return selection.finish();
    }

    /** One run: counts what is dropped and keeps a bounded random choice of each rotation step. */
    private final class Selection {
        private final List<PosedImage> images;
        private final double typicalDepth;
        private final double[][] centres;
        private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        private final RotationBalance passed = new RotationBalance(ROTATION_BINS, options.maxPairs(), options.seed());
        private long considered;

        Selection(List<PosedImage> images, double typicalDepth) {
            this.images = images;
            this.typicalDepth = typicalDepth;
            this.centres = images.stream().map(image -> image.pose().centre()).toArray(double[][]::new);
        }

        void offerListed(List<ImagePair> pairs) {
            considered = pairs.size();
            for (ImagePair pair : pairs) {
                offer(pair.first(), pair.second(), 0);
            }
        }

        void offerCovisible(SparsePoints points) {
            int n = images.size();
            considered = (long) n * (n - 1) / 2;
            Covisibility covisibility = new Covisibility(n, points);
            int[] shared = new int[n];
            for (int i = 0; i < n; i++) {
                covisibility.sharedWith(i, shared);
                for (int j = i + 1; j < n; j++) {
                    int fewer = Math.min(covisibility.points(i), covisibility.points(j));
                    if (shared[j] < FEWEST_SHARED || shared[j] < options.minOverlap() * fewer) {
                        drop(DropReason.LITTLE_OVERLAP);
                    } else {
                        offer(i, j, options.minRotationDegrees());
                    }
                }
            }
        }

        void offerOverlapping() {
            int n = images.size();
            FrustumOverlap overlap = new FrustumOverlap(images, typicalDepth);
            boolean all = (long) n * (n - 1) / 2 <= MOST_FRUSTUM_PAIRS;
            for (int i = 0; i < n; i++) {
                for (int j : all ? higher(i, n) : neighbours(overlap, i, n)) {
                    considered++;
                    if (overlap.of(i, j) < options.minOverlap()) {
                        drop(DropReason.LITTLE_OVERLAP);
                    } else {
                        offer(i, j, options.minRotationDegrees());
                    }
                }
            }
        }

        private int[] higher(int image, int n) {
            int[] places = new int[n - image - 1];
            Arrays.setAll(places, k -> image + 1 + k);
            return places;
        }

        /** Some of the images that look at places near this one's, each pair from its lower place only. */
        private int[] neighbours(FrustumOverlap overlap, int image, int n) {
            double[] distances = new double[n];
            for (int j = 0; j < n; j++) {
                distances[j] = overlap.squaredDistanceOfMiddles(image, j);
            }
            double[] sorted = distances.clone();
            Arrays.sort(sorted);
            int each = Math.max(1, MOST_FRUSTUM_PAIRS / n);
            double limit = sorted[(int) Math.min(n - 1L, (long) NEIGHBOUR_STRIDE * each)];
            int[] near = new int[n];
            int count = 0;
            for (int j = image + 1; j < n; j++) {
                if (distances[j] <= limit && (image + j) % NEIGHBOUR_STRIDE == 0) {
                    near[count++] = j;
                }
            }
            return Arrays.copyOf(near, count);
        }

        private void offer(int first, int second, double minRotation) {
            Pose relative = images.get(first).pose().to(images.get(second).pose());
            double degrees = relative.rotationDegrees();
            double baseline = 0;
            for (int i = 0; i < 3; i++) {
                baseline = Math.hypot(baseline, centres[first][i] - centres[second][i]);
            }
            if (degrees > options.maxRotationDegrees()) {
                drop(DropReason.ROTATION_TOO_LARGE);
            } else if (degrees < minRotation) {
                drop(DropReason.ROTATION_TOO_SMALL);
            } else if (baseline < SMALLEST_BASELINE * typicalDepth) {
                drop(DropReason.NO_BASELINE);
            } else {
                passed.add(new ImagePair(first, second), (degrees - minRotation)
                        / (options.maxRotationDegrees() - minRotation));
            }
        }

        private void drop(DropReason reason) {
            dropped.merge(reason, 1L, Long::sum);
        }

        PairSelection finish() {
            List<ImagePair> kept = new ArrayList<>(passed.draw());
            kept.sort(Comparator.comparingInt(ImagePair::first).thenComparingInt(ImagePair::second));
            if (passed.offered() > kept.size()) {
                dropped.put(DropReason.OVER_LIMIT, passed.offered() - kept.size());
            }
            return new PairSelection(kept, considered, dropped);
        }
    }
}
