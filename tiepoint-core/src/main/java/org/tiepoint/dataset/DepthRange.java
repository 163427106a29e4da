package org.tiepoint.dataset;

import java.util.Arrays;
import java.util.Optional;

/**
 * How far from the cameras the scene lies, in the collection's own units.
 *
 * @param min     nearest depth (z in camera coordinates), above 0
 * @param typical depth in the middle of the scene
 * @param max     farthest depth
 */
public record DepthRange(double min, double typical, double max) {
    /** The bounds that CAPS uses for MegaDepth, in whatever units its reconstructions have. */
    public static final DepthRange CAPS = new DepthRange(4, 40, 400);

    private static final int OBSERVATIONS = 200_000;
    private static final int FEWEST_OBSERVATIONS = 50;
    private static final double MARGIN = 1.25;
    /** Half the width of a range that is guessed from the cameras, as a factor. */
    private static final double GUESSED_SPREAD = 8;
    /** Half the width of a measured range at most: wrongly triangulated points lie anywhere. */
    private static final double WIDEST_SPREAD = 16;

    public DepthRange {
        if (!(min > 0 && min <= typical && typical <= max && max < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("depths min " + min + ", typical " + typical + ", max " + max
                    + " must be finite, positive and ascending");
        }
    }

    /**
     * A collection's range: what its source says; else with sparse points, from the depths of their observations, the
     * 0.5th percentile divided by 1.25, the median, and the 99.5th percentile times 1.25, neither more than 16 times
     * off the median; else, from where the cameras look, an eighth to eight times the typical depth (measured against
     * nine reconstructions with points: within a factor of 2.3); where that tells nothing (all cameras in one place),
     * {@link #CAPS}.
     */
    public static DepthRange of(PosedCollection collection) {
        return collection.depths()
                .or(() -> collection.points().flatMap(points -> ofPoints(collection, points)))
                .or(() -> SceneDepth.fromCameras(collection)
                        .map(depth -> new DepthRange(depth / GUESSED_SPREAD, depth, depth * GUESSED_SPREAD)))
                .orElse(CAPS);
    }

    private static Optional<DepthRange> ofPoints(PosedCollection collection, SparsePoints points) {
        long observations = Arrays.stream(points.tracks()).mapToLong(track -> track.length).sum();
        long stride = Math.max(1, observations / OBSERVATIONS);
        double[] depths = new double[(int) (observations / stride + 1)];
        int count = 0;
        long seen = 0;
        for (int i = 0; i < points.count(); i++) {
            double[] point = Arrays.copyOfRange(points.xyz(), 3 * i, 3 * i + 3);
            for (int image : points.tracks()[i]) {
                if (seen++ % stride == 0) {
                    double depth = collection.images().get(image).pose().transform(point)[2];
                    if (depth > 0) {
                        depths[count++] = depth;
                    }
                }
            }
        }
        if (count < FEWEST_OBSERVATIONS) {
            return Optional.empty();
        }
        Arrays.sort(depths, 0, count);
        double median = depths[(count - 1) / 2];
        double near = depths[(int) (0.005 * (count - 1))] / MARGIN;
        double far = depths[(int) (0.995 * (count - 1))] * MARGIN;
        return Optional.of(new DepthRange(Math.max(near, median / WIDEST_SPREAD), median,
                Math.min(far, median * WIDEST_SPREAD)));
    }
}
