package org.tiepoint.match;

import java.util.stream.IntStream;
import org.tiepoint.feature.Features;

/**
 * Nearest and second nearest descriptors, found exhaustively: {@link SimilarityBlocks} finds the few that come into
 * question, and double precision decides between them, so that the result does not depend on the rounding of the
 * matrix product. Of equally near descriptors the one with the lower index counts. A descriptor with a NaN has no
 * neighbour and is none.
 */
final class NearestNeighbors {
    /** For each of the first image: the nearest of the second, or -1. */
    final int[] nearest;
    /** For each of the first image: the second nearest of the second, or -1; empty where it was not asked for. */
    final int[] second;
    /** For each of the second image: the nearest of the first, or -1. */
    final int[] back;

    private final SimilarityBlocks similarities;
    private final Metric metric;

    /** @param withSecond whether to find the second nearest as well */
    NearestNeighbors(Features first, Features second, Metric metric, boolean withSecond) {
        this.similarities = new SimilarityBlocks(first, second, metric);
        this.metric = metric;
        int n = similarities.rows();
        int m = similarities.columns();
        Candidates forth = new Candidates(withSecond ? 2 : 1, margins(n, true));
        float[] backMargins = margins(m, false);
        Candidates back = new Candidates(1, backMargins);
        similarities.forEach(() -> new NeighborScan(forth, new Candidates(1, backMargins)))
                .forEach(lane -> back.addAll(lane.back()));
        int[][] found = IntStream.range(0, n).parallel()
                .mapToObj(i -> forth.best(i, m, j -> similarities.exact(i, j))).toArray(int[][]::new);
        this.nearest = IntStream.range(0, n).map(i -> found[i][0]).toArray();
        this.second = withSecond ? IntStream.range(0, n).map(i -> found[i][1]).toArray() : new int[0];
        this.back = IntStream.range(0, m).parallel()
                .map(j -> back.best(j, n, i -> similarities.exact(i, j))[0]).toArray();
    }

    /** The exact value for a pair: dot product or distance. */
    double value(int i, int j) {
        double similarity = similarities.exact(i, j);
        return metric == Metric.DOT ? similarity : Math.sqrt(-2 * similarity);
    }

    private float[] margins(int count, boolean rows) {
        float[] margins = new float[count];
        for (int i = 0; i < count; i++) {
            margins[i] = 2 * (rows ? similarities.rowError(i) : similarities.columnError(i));
        }
        return margins;
    }
}
