package org.tiepoint.objective.posed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tiepoint.geometry.Epipolar;

/** Collects how far found locations lie from the epipolar lines of their points, in pixels of the recipe's size. */
public final class EpipolarDistances {
    /** Share of the distances under 5 pixels, 0 to 1. */
    public static final String SHARE = "shareUnder5";
    /** Median distance. */
    public static final String MEDIAN = "medianPixels";

    private final List<Double> distances = new ArrayList<>();

    /**
     * Adds the points of a pair.
     *
     * @param fundamental from the first to the second picture, row-major 3x3, pixels
     * @param queries     n x 2, row-major
     * @param locations   n x 2, row-major: in the second picture
     */
    public void add(double[] fundamental, float[] queries, float[] locations) {
        for (int i = 0; i < queries.length; i += 2) {
            distances.add(Epipolar.distance(fundamental, queries[i], queries[i + 1], locations[i], locations[i + 1]));
        }
    }

    /** Puts {@link #SHARE} and {@link #MEDIAN} of all points; nothing where there were none. */
    public void putInto(Map<String, Double> metrics) {
        if (distances.isEmpty()) {
            return;
        }
        metrics.put(SHARE, (double) distances.stream().filter(d -> d < 5).count() / distances.size());
        metrics.put(MEDIAN, distances.stream().sorted().skip(distances.size() / 2).findFirst().orElseThrow());
    }
}
