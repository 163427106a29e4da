package org.tiepoint.retrieval;

import java.util.Arrays;
import java.util.Random;

/** Lloyd's k-means with the first centres drawn as k-means++ does (Arthur and Vassilvitskii, SODA 2007). */
final class KMeans {
    private final float[] rows;
    private final int dimension;
    private final int n;
    private final Random random;

    /** @param rows n x dimension, at least one */
    KMeans(float[] rows, int dimension, Random random) {
        this.rows = rows;
        this.dimension = dimension;
        this.n = rows.length / dimension;
        this.random = random;
    }

    /** k x dimension; ends early when nothing changes any more. An empty centre stays where it was. */
    float[] centres(int k, int iterations) {
        float[] centres = first(k);
        int[] assigned = new int[n];
        Arrays.fill(assigned, -1);
        for (int iteration = 0; iteration < iterations; iteration++) {
            boolean changed = false;
            for (int i = 0; i < n; i++) {
                int nearest = nearest(rows, i * dimension, centres, dimension);
                changed |= nearest != assigned[i];
                assigned[i] = nearest;
            }
            if (!changed) {
                break;
            }
            move(centres, assigned);
        }
        return centres;
    }

    private float[] first(int k) {
        float[] centres = new float[k * dimension];
        double[] distances = new double[n];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        int drawn = random.nextInt(n);
        for (int c = 0; c < k; c++) {
            System.arraycopy(rows, drawn * dimension, centres, c * dimension, dimension);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                distances[i] = Math.min(distances[i], squaredDistance(rows, i * dimension, centres, c * dimension,
                        dimension));
                sum += distances[i];
            }
            drawn = draw(distances, random.nextDouble() * sum);
        }
        return centres;
    }

    private int draw(double[] weights, double mark) {
        double left = mark;
        for (int i = 0; i < n; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return n - 1;
    }

    private void move(float[] centres, int[] assigned) {
        double[] sums = new double[centres.length];
        int[] counts = new int[centres.length / dimension];
        for (int i = 0; i < n; i++) {
            counts[assigned[i]]++;
            for (int k = 0; k < dimension; k++) {
                sums[assigned[i] * dimension + k] += rows[i * dimension + k];
            }
        }
        for (int i = 0; i < centres.length; i++) {
            if (counts[i / dimension] > 0) {
                centres[i] = (float) (sums[i] / counts[i / dimension]);
            }
        }
    }

    /** Which centre is nearest to a row; of equally near ones the first. */
    static int nearest(float[] rows, int from, float[] centres, int dimension) {
        int nearest = 0;
        float least = Float.POSITIVE_INFINITY;
        for (int c = 0; c < centres.length / dimension; c++) {
            float distance = squaredDistance(rows, from, centres, c * dimension, dimension);
            if (distance < least) {
                least = distance;
                nearest = c;
            }
        }
        return nearest;
    }

    private static float squaredDistance(float[] a, int fromA, float[] b, int fromB, int dimension) {
        float sum = 0;
        for (int k = 0; k < dimension; k++) {
            float d = a[fromA + k] - b[fromB + k];
            sum += d * d;
        }
        return sum;
    }
}
