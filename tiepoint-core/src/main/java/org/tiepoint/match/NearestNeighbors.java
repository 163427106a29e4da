package org.tiepoint.match;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.tiepoint.feature.Features;

/**
 * Nearest and second nearest descriptors, found exhaustively. The matrix of similarities is made block by block by
 * OpenCV's matrix product, so memory does not grow with the product of the two counts. Similarities that differ by less
 * than 1e-6 of the longest descriptors' product count as equal, and then the lower index wins: the product's rounding
 * depends on a descriptor's place. A descriptor with a NaN has no neighbour and is none.
 */
final class NearestNeighbors {
    private static final int BLOCK_ROWS = 1024;
    private static final int BLOCK_COLUMNS = 2048;
    private static final float TIE = 1e-6f;

    /** For each of the first image: the nearest of the second, the one after it, or -1. */
    final int[] nearest;
    final int[] second;
    /** For each of the second image: the nearest of the first, or -1. */
    final int[] back;

    private final Features firstFeatures;
    private final Features secondFeatures;
    private final Metric metric;
    /** What a similarity must exceed to come before the nearest, before the second nearest, and before the one back. */
    private final float[] best;
    private final float[] secondBest;
    private final float[] bestBack;
    private final float tie;

    NearestNeighbors(Features first, Features second, Metric metric) {
        if (first.dimension() != second.dimension()) {
            throw new IllegalArgumentException("descriptors of " + first.dimension() + " and " + second.dimension()
                    + " numbers cannot be matched: describe both images by one method");
        }
        this.firstFeatures = first;
        this.secondFeatures = second;
        this.metric = metric;
        int n = first.keypoints().count();
        int m = second.keypoints().count();
        this.nearest = filled(n);
        this.second = filled(n);
        this.back = filled(m);
        this.best = lowest(n);
        this.secondBest = lowest(n);
        this.bestBack = lowest(m);
        float[] squaresFirst = squares(first);
        float[] squaresSecond = squares(second);
        this.tie = TIE * (float) Math.sqrt((double) largest(squaresFirst) * largest(squaresSecond));
        for (int row = 0; row < n; row += BLOCK_ROWS) {
            for (int column = 0; column < m; column += BLOCK_COLUMNS) {
                scan(row, Math.min(n, row + BLOCK_ROWS), column, Math.min(m, column + BLOCK_COLUMNS), squaresFirst,
                        squaresSecond);
            }
        }
    }

    /** The exact value for a pair: dot product or distance. */
    double value(int i, int j) {
        float[] a = firstFeatures.descriptors();
        float[] b = secondFeatures.descriptors();
        int dimension = firstFeatures.dimension();
        double sum = 0;
        for (int k = 0; k < dimension; k++) {
            double x = a[i * dimension + k];
            double y = b[j * dimension + k];
            sum += metric == Metric.DOT ? x * y : (x - y) * (x - y);
        }
        return metric == Metric.DOT ? sum : Math.sqrt(sum);
    }

    private void scan(int fromRow, int toRow, int fromColumn, int toColumn, float[] squaresFirst,
            float[] squaresSecond) {
        float[] products = products(fromRow, toRow, fromColumn, toColumn);
        int columns = toColumn - fromColumn;
        for (int i = fromRow; i < toRow; i++) {
            int row = (i - fromRow) * columns;
            if (metric == Metric.EUCLIDEAN) {
                float half = squaresFirst[i] / 2;
                for (int c = 0; c < columns; c++) {
                    products[row + c] -= half + squaresSecond[fromColumn + c] / 2;
                }
            }
            scanRow(i, products, row, fromColumn, columns);
            scanBack(i, products, row, fromColumn, columns);
        }
    }

    private void scanRow(int i, float[] similarities, int row, int fromColumn, int columns) {
        float highest = best[i];
        float next = secondBest[i];
        for (int c = 0; c < columns; c++) {
            float similarity = similarities[row + c];
            if (similarity > next) {
                if (similarity > highest) {
                    next = highest;
                    second[i] = nearest[i];
                    highest = similarity + tie;
                    nearest[i] = fromColumn + c;
                } else {
                    next = similarity + tie;
                    second[i] = fromColumn + c;
                }
            }
        }
        best[i] = highest;
        secondBest[i] = next;
    }

    private void scanBack(int i, float[] similarities, int row, int fromColumn, int columns) {
        for (int c = 0; c < columns; c++) {
            float similarity = similarities[row + c];
            if (similarity > bestBack[fromColumn + c]) {
                bestBack[fromColumn + c] = similarity + tie;
                back[fromColumn + c] = i;
            }
        }
    }

    private float[] products(int fromRow, int toRow, int fromColumn, int toColumn) {
        try (PointerScope scope = new PointerScope()) {
            Mat product = new Mat();
            opencv_core.gemm(rows(firstFeatures, fromRow, toRow), rows(secondFeatures, fromColumn, toColumn), 1,
                    new Mat(), 0, product, opencv_core.GEMM_2_T);
            float[] values = new float[(toRow - fromRow) * (toColumn - fromColumn)];
            new FloatPointer(product.data()).get(values);
            return values;
        }
    }

    private static Mat rows(Features features, int from, int to) {
        int dimension = features.dimension();
        Mat mat = new Mat(to - from, dimension, opencv_core.CV_32F);
        new FloatPointer(mat.data()).put(features.descriptors(), from * dimension, (to - from) * dimension);
        return mat;
    }

    private static float[] squares(Features features) {
        int dimension = features.dimension();
        float[] squares = new float[features.keypoints().count()];
        for (int i = 0; i < squares.length; i++) {
            double sum = 0;
            for (int k = i * dimension; k < (i + 1) * dimension; k++) {
                sum += (double) features.descriptors()[k] * features.descriptors()[k];
            }
            squares[i] = (float) sum;
        }
        return squares;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            if (value > largest && value < Float.POSITIVE_INFINITY) {
                largest = value;
            }
        }
        return largest;
    }

    private static int[] filled(int n) {
        int[] none = new int[n];
        Arrays.fill(none, -1);
        return none;
    }

    private static float[] lowest(int n) {
        float[] lowest = new float[n];
        Arrays.fill(lowest, Float.NEGATIVE_INFINITY);
        return lowest;
    }
}
