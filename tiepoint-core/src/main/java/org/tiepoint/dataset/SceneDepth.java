package org.tiepoint.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tiepoint.geometry.Pose;

/**
 * Guesses how far away a scene is from the cameras alone. People who walk round something point the camera at it: for
 * pairs of cameras turned by 5 to 60 degrees the point nearest to both optical axes tells the depth, and the median
 * over pairs whose axes pass close to each other in front of both is taken. Where fewer than a tenth of the pairs do
 * (a car that drives ahead), ten times the median distance between neighbouring cameras.
 */
final class SceneDepth {
    private static final int PAIRS = 20_000;
    private static final int NEIGHBOUR_SAMPLE = 200;
    private static final double MIN_COSINE = Math.cos(Math.toRadians(60));
    private static final double MAX_COSINE = Math.cos(Math.toRadians(5));
    /** Distance between the axes where they are nearest, as a share of the depth there. */
    private static final double MAX_MISS = 0.3;
    private static final double BASELINES = 10;

    private SceneDepth() {}

    /** The typical depth; empty where all cameras stand in one place. */
    static Optional<Double> fromCameras(PosedCollection collection) {
        return ofConvergence(collection).or(() -> {
            double baseline = neighbourDistance(centres(collection));
            return baseline > 0 ? Optional.of(BASELINES * baseline) : Optional.empty();
        });
    }

    /** The depth at which the optical axes meet; empty where they do not. */
    static Optional<Double> ofConvergence(PosedCollection collection) {
        double[] depths = convergence(collection, centres(collection));
        Arrays.sort(depths);
        return depths.length == 0 ? Optional.empty() : Optional.of(depths[depths.length / 2]);
    }

    private static List<double[]> centres(PosedCollection collection) {
        return collection.images().stream().map(image -> image.pose().centre()).toList();
    }

    private static double[] convergence(PosedCollection collection, List<double[]> centres) {
        List<ImagePair> pairs = pairs(collection);
        double[] depths = new double[2 * pairs.size()];
        int tried = 0;
        int count = 0;
        for (ImagePair pair : pairs) {
            double[] a = axis(collection.images().get(pair.first()).pose());
            double[] b = axis(collection.images().get(pair.second()).pose());
            double cosine = dot(a, b);
            if (cosine < MIN_COSINE || cosine > MAX_COSINE) {
                continue;
            }
            tried++;
            double[] between = minus(centres.get(pair.second()), centres.get(pair.first()));
            double square = 1 - cosine * cosine;
            double za = (dot(between, a) - cosine * dot(between, b)) / square;
            double zb = (cosine * dot(between, a) - dot(between, b)) / square;
            if (za > 0 && zb > 0) {
                double miss = 0;
                for (int i = 0; i < 3; i++) {
                    double gap = za * a[i] - between[i] - zb * b[i];
                    miss += gap * gap;
                }
                if (Math.sqrt(miss) < MAX_MISS * Math.min(za, zb)) {
                    depths[count++] = za;
                    depths[count++] = zb;
                }
            }
        }
        return count > 0 && count / 2 * 10 >= tried ? Arrays.copyOf(depths, count) : new double[0];
    }

    /** The source's pairs, else all pairs, or a seeded choice of them in a big collection. */
    private static List<ImagePair> pairs(PosedCollection collection) {
        int n = collection.images().size();
        if (!collection.pairs().isEmpty()) {
            return collection.pairs();
        }
        List<ImagePair> pairs = new ArrayList<>();
        if ((long) n * (n - 1) / 2 <= PAIRS) {
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    pairs.add(new ImagePair(i, j));
                }
            }
            return pairs;
        }
        Random random = new Random(1);
        while (pairs.size() < PAIRS) {
            int i = random.nextInt(n);
            int j = random.nextInt(n);
            if (i != j) {
                pairs.add(new ImagePair(i, j));
            }
        }
        return pairs;
    }

    /** Median over some cameras of the distance to the nearest other one that stands elsewhere. */
    private static double neighbourDistance(List<double[]> centres) {
        List<Double> distances = new ArrayList<>();
        int stride = Math.max(1, centres.size() / NEIGHBOUR_SAMPLE);
        for (int i = 0; i < centres.size(); i += stride) {
            double nearest = Double.POSITIVE_INFINITY;
            for (double[] other : centres) {
                double[] d = minus(centres.get(i), other);
                double square = dot(d, d);
                nearest = square > 0 ? Math.min(nearest, square) : nearest;
            }
            if (nearest < Double.POSITIVE_INFINITY) {
                distances.add(Math.sqrt(nearest));
            }
        }
        Collections.sort(distances);
        return distances.isEmpty() ? 0 : distances.get(distances.size() / 2);
    }

    /** The optical axis in world coordinates, of length 1. */
    private static double[] axis(Pose pose) {
        return Arrays.copyOfRange(pose.rotation(), 6, 9);
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }
}
