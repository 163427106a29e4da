package org.tiepoint.match;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tiepoint.feature.FeatureMap;
import org.tiepoint.feature.Features;

/**
 * Dual softmax (Rocco et al., Neighbourhood Consensus Networks, NeurIPS 2018; used by LoFTR, DISK and ALIKE): the
 * probability of a pair is the softmax of its cosine over its row times the softmax over its column, both divided by a
 * temperature. Kept are the pairs whose probability is the greatest of both and at least a limit; in the order of the
 * first image. The score is the probability.
 *
 * <p>Descriptors are divided by their lengths first, so that the temperature means the same for all of them. A
 * descriptor of length 0 has cosine 0 with every other. Descriptors with a NaN are never matched. Of equal
 * probabilities the lower index counts. Immutable; safe for use by several threads.
 */
public final class DualSoftmaxMatcher implements Matcher {
    private final Options options;

    /**
     * @param temperature    0.005 to 100; the lower, the surer the nearest is
     * @param minProbability the least probability of a match, from 0 to 1
     */
    public record Options(double temperature, double minProbability) {
        public Options {
            if (!(temperature >= 0.005 && temperature <= 100)) {
                throw new IllegalArgumentException("temperature is " + temperature + ": it must be 0.005 to 100");
            }
            if (!(minProbability >= 0 && minProbability <= 1)) {
                throw new IllegalArgumentException("minProbability is " + minProbability + ": it must be 0 to 1");
            }
        }

        /** Temperature 0.02, at least 0.2. */
        public static Options defaults() {
            return new Options(0.02, 0.2);
        }
    }

    public DualSoftmaxMatcher(Options options) {
        this.options = options;
    }

    @Override
    public Matches match(Features first, Features second) {
        SimilarityBlocks cosines = new SimilarityBlocks(unit(first), unit(second), Metric.DOT);
        int n = cosines.rows();
        int m = cosines.columns();
        double[] rowSums = new double[n];
        double[] columnSums = new double[m];
        cosines.forEach(() -> new Sums(options.temperature(), rowSums, new double[m])).forEach(lane ->
                Arrays.setAll(columnSums, j -> columnSums[j] + lane.columns[j]));
        double[] rowBias = bias(rowSums);
        double[] columnBias = bias(columnSums);
        float[] backMargins = margins(m, rowBias, cosines);
        Candidates forth = new Candidates(1, margins(n, columnBias, cosines));
        Candidates back = new Candidates(1, backMargins);
        cosines.forEach(() -> new Search(forth, new Candidates(1, backMargins), floats(rowBias), floats(columnBias)))
                .forEach(lane -> back.addAll(lane.back));
        int[] nearest = IntStream.range(0, n).parallel().map(i -> forth.best(i, m,
                j -> cosines.exact(i, j) - columnBias[j])[0]).toArray();
        int[] nearestBack = IntStream.range(0, m).parallel().map(j -> back.best(j, n,
                i -> cosines.exact(i, j) - rowBias[i])[0]).toArray();
        MatchList matches = new MatchList(n);
        for (int i = 0; i < n; i++) {
            int j = nearest[i];
            if (j >= 0 && nearestBack[j] == i) {
                double logarithm = 2 * (cosines.exact(i, j) - rowBias[i] - columnBias[j]) / options.temperature();
                double probability = Math.min(1, Math.exp(logarithm));
                if (probability >= options.minProbability()) {
                    matches.add(i, j, (float) probability);
                }
            }
        }
        return matches.toMatches();
    }

    /** What the softmax over the other axis takes off a cosine, so that twice the difference ranks as the product. */
    private double[] bias(double[] sums) {
        return Arrays.stream(sums).map(sum -> options.temperature() / 2 * Math.log(sum)).toArray();
    }

    private static float[] margins(int count, double[] bias, SimilarityBlocks cosines) {
        double largest = Arrays.stream(bias).map(Math::abs).filter(Double::isFinite).max().orElse(0);
        float[] margins = new float[count];
        Arrays.fill(margins, (float) (2 * cosines.largestError() + 1e-6 * (1 + largest)));
        return margins;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static Features unit(Features features) {
        float[] unit = features.descriptors().clone();
        for (int i = 0; i < features.keypoints().count(); i++) {
            FeatureMap.normalise(unit, i * features.dimension(), features.dimension());
        }
        return new Features(features.keypoints(), features.dimension(), unit);
    }

    /** Sums of exp(cosine / temperature) without NaN: over rows, shared by all lanes, and over columns, of this lane. */
    private record Sums(double temperature, double[] rows, double[] columns) implements SimilarityBlocks.Scan {
        @Override
        public void block(float[] block, int firstRow, int count, int firstColumn, int width) {
            for (int row = 0; row < count; row++) {
                double sum = 0;
                for (int c = 0; c < width; c++) {
                    double exponential = Math.exp(block[row * width + c] / temperature);
                    if (exponential == exponential) {
                        sum += exponential;
                        columns[firstColumn + c] += exponential;
                    }
                }
                rows[firstRow + row] += sum;
            }
        }
    }

    private record Search(Candidates forth, Candidates back, float[] rowBias, float[] columnBias)
            implements SimilarityBlocks.Scan {
        @Override
        public void block(float[] block, int firstRow, int count, int firstColumn, int width) {
            for (int row = 0; row < count; row++) {
                float bias = rowBias[firstRow + row];
                for (int c = 0; c < width; c++) {
                    float value = block[row * width + c];
                    if (value - columnBias[firstColumn + c] > forth.threshold(firstRow + row)) {
                        forth.add(firstRow + row, value - columnBias[firstColumn + c], firstColumn + c);
                    }
                    if (value - bias > back.threshold(firstColumn + c)) {
                        back.add(firstColumn + c, value - bias, firstRow + row);
                    }
                }
            }
        }
    }
}
