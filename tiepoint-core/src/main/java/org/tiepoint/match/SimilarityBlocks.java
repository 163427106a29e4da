package org.tiepoint.match;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.tiepoint.feature.Features;

/**
 * The matrix of similarities of two images' descriptors, made block by block by OpenBLAS's matrix product and scanned by
 * several threads, so that memory does not grow with the product of the two counts. A similarity is the dot product, or
 * -|a - b|^2 / 2 = a b - |a|^2 / 2 - |b|^2 / 2, whose last two terms are two more numbers of each descriptor. Its
 * rounding error stays within {@link #rowError} and {@link #columnError}. Immutable; safe for use by several threads.
 */
final class SimilarityBlocks {
    /** A block and its copy stay in a processor's own cache. */
    private static final int BLOCK_ROWS = 256;
    private static final int BLOCK_COLUMNS = 1024;
    /** Half the distance from 1 to the next float. */
    private static final double ROUNDING = Math.pow(2, -24);

    private final Features first;
    private final Features second;
    private final Metric metric;
    private final double[] firstSquares;
    private final double[] secondSquares;
    private final double firstLargest;
    private final double secondLargest;

    /** Looks at the rows of one lane, in one thread: each row from left to right. */
    interface Scan {
        /**
         * Looks at a block.
         *
         * @param block       row by row, {@code columns} values each
         * @param firstRow    its first row in the matrix
         * @param firstColumn its first column in the matrix
         */
        void block(float[] block, int firstRow, int rows, int firstColumn, int columns);
    }

    SimilarityBlocks(Features first, Features second, Metric metric) {
        if (first.dimension() != second.dimension()) {
            throw new IllegalArgumentException("descriptors of " + first.dimension() + " and " + second.dimension()
                    + " numbers cannot be matched: describe both images by one method");
        }
        this.first = first;
        this.second = second;
        this.metric = metric;
        this.firstSquares = squares(first);
        this.secondSquares = squares(second);
        this.firstLargest = largest(firstSquares);
        this.secondLargest = largest(secondSquares);
    }

    int rows() {
        return firstSquares.length;
    }

    int columns() {
        return secondSquares.length;
    }

    /** By how much a similarity in a row may be wrong: the bound for dot products summed in any order. */
    float rowError(int row) {
        return error(firstSquares[row], secondLargest);
    }

    /** By how much a similarity in a column may be wrong. */
    float columnError(int column) {
        return error(secondSquares[column], firstLargest);
    }

    /** By how much any similarity may be wrong. */
    double largestError() {
        return error(firstLargest, secondLargest);
    }

    private float error(double squares, double otherSquares) {
        double terms = Math.sqrt(squares * otherSquares)
                + (metric == Metric.EUCLIDEAN ? (squares + otherSquares) / 2 : 0);
        return (float) (1.01 * (first.dimension() + 4) * ROUNDING * terms);
    }

    /** The similarity of a pair in double precision; the same pair always gives the same. */
    double exact(int row, int column) {
        float[] a = first.descriptors();
        float[] b = second.descriptors();
        int dimension = first.dimension();
        double sum = 0;
        for (int k = 0, i = row * dimension, j = column * dimension; k < dimension; k++, i++, j++) {
            double x = a[i];
            double y = b[j];
            sum += metric == Metric.DOT ? x * y : (x - y) * (x - y);
        }
        return metric == Metric.DOT ? sum : -sum / 2;
    }

    /**
     * Makes the matrix and has it scanned, in lanes of neighbouring rows that several threads take.
     *
     * @param lane what scans one lane
     * @return the scans, in the order of their rows
     */
    <S extends Scan> List<S> forEach(Supplier<S> lane) {
        int n = rows();
        int m = columns();
        int lanes = Math.max(1, Math.min(2 * Runtime.getRuntime().availableProcessors(), n / BLOCK_ROWS));
        List<S> scans = Stream.generate(lane).limit(lanes).toList();
        if (n == 0 || m == 0) {
            return scans;
        }
        int depth = first.dimension() + (metric == Metric.EUCLIDEAN ? 2 : 0);
        try (SingleThreadedBlas blas = new SingleThreadedBlas(); PointerScope scope = new PointerScope()) {
            FloatPointer a = packed(first, firstSquares, depth, true);
            FloatPointer b = packed(second, secondSquares, depth, false);
            IntStream.range(0, lanes).parallel().forEach(i -> scan(scans.get(i), a, b, depth,
                    (int) ((long) n * i / lanes), (int) ((long) n * (i + 1) / lanes)));
        }
        return scans;
    }

    private void scan(Scan scan, FloatPointer packedFirst, FloatPointer packedSecond, int depth, int from, int to) {
        int m = columns();
        int size = Math.min(to - from, BLOCK_ROWS) * Math.min(m, BLOCK_COLUMNS);
        float[] block = new float[size];
        try (PointerScope scope = new PointerScope()) {
            FloatPointer product = new FloatPointer(size);
            FloatPointer a = new FloatPointer(packedFirst);
            FloatPointer b = new FloatPointer(packedSecond);
            for (int row = from; row < to; row += BLOCK_ROWS) {
                int rows = Math.min(BLOCK_ROWS, to - row);
                for (int column = 0; column < m; column += BLOCK_COLUMNS) {
                    int columns = Math.min(BLOCK_COLUMNS, m - column);
                    openblas_nolapack.cblas_sgemm(openblas_nolapack.CblasRowMajor, openblas_nolapack.CblasNoTrans,
                            openblas_nolapack.CblasTrans, rows, columns, depth, 1,
                            a.position((long) row * depth), depth, b.position((long) column * depth), depth, 0,
                            product, columns);
                    product.get(block, 0, rows * columns);
                    scan.block(block, row, rows, column, columns);
                }
            }
        }
    }

    private static FloatPointer packed(Features features, double[] squares, int depth, boolean left) {
        int dimension = features.dimension();
        FloatPointer pointer = new FloatPointer((long) squares.length * depth);
        float[] row = new float[depth];
        for (int i = 0; i < squares.length; i++) {
            System.arraycopy(features.descriptors(), i * dimension, row, 0, dimension);
            if (depth > dimension) {
                row[dimension] = left ? 1 : (float) (-squares[i] / 2);
                row[dimension + 1] = left ? (float) (-squares[i] / 2) : 1;
            }
            pointer.position((long) i * depth).put(row);
        }
        return pointer.position(0);
    }

    private static double[] squares(Features features) {
        int dimension = features.dimension();
        double[] squares = new double[features.keypoints().count()];
        for (int i = 0; i < squares.length; i++) {
            double sum = 0;
            for (int k = i * dimension; k < (i + 1) * dimension; k++) {
                sum += (double) features.descriptors()[k] * features.descriptors()[k];
            }
            squares[i] = sum;
        }
        return squares;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            if (value > largest && value < Double.POSITIVE_INFINITY) {
                largest = value;
            }
        }
        return largest;
    }
}
