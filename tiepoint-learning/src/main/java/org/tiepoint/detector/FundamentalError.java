package org.tiepoint.detector;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;

/**
 * How badly the good pairs of a detector's points explain the epipolar geometry (Sun, Zhu and Ji, SCFeat, 2022): random
 * sets of eight good pairs are solved for the fundamental matrix; the error is tanh of the smallest smooth-L1 distance
 * to the true matrix, both with 1 as their last element.
 *
 * <p>Departs from the released code, which draws every set with the same seed and so takes the same one a hundred
 * times, leaves out the last good pair, and adds up the distances of a batch: here the sets differ, every pair can be
 * drawn, and each image pair has an error of its own. All sets of a batch are solved together.
 */
public final class FundamentalError {
    private static final int SET = 8;
    /** A set without a finite matrix is as far as that. */
    private static final double FARTHEST = 1e6;

    private FundamentalError() {}

    /**
     * The error of each image pair.
     *
     * @param good         B x n x m: 1 for the good pairs, else 0
     * @param points       B x n x 2, pixels of the first image
     * @param otherPoints  B x m x 2, pixels of the second image
     * @param fundamentals B x 3 x 3, from the first to the second image
     * @param sets         random sets an image pair, at least 1; 100 in SCFeat
     * @return B numbers from 0 (exact) to 1; NaN where there are fewer than eight good pairs
     */
    public static double[] of(Tensor good, Tensor points, Tensor otherPoints, Tensor fundamentals, int sets,
            RandomGenerator random) {
        int batch = (int) good.size(0);
        double[] errors = new double[batch];
        Arrays.fill(errors, Double.NaN);
        int[] solvable = new int[batch];
        Tensor[] first = new Tensor[batch];
        Tensor[] second = new Tensor[batch];
        Tensor[] truth = new Tensor[batch];
        int count = 0;
        try (NoGradient noGradient = new NoGradient()) {
            for (int i = 0; i < batch; i++) {
                Tensor pairs = good.select(0, i).nonZero();
                int available = (int) pairs.size(0);
                if (available >= SET) {
                    Tensor drawn = pairs.indexSelect(0, draw(available, sets, random, pairs));
                    first[count] = places(points.select(0, i), drawn.select(1, 0), sets);
                    second[count] = places(otherPoints.select(0, i), drawn.select(1, 1), sets);
                    truth[count] = fundamentals.narrow(0, i, 1);
                    solvable[count++] = i;
                }
            }
            if (count > 0) {
                Tensor estimated = EightPointSolver.solve(Tensor.concatenate(0, Arrays.copyOf(first, count)),
                        Tensor.concatenate(0, Arrays.copyOf(second, count)));
                Tensor distances = distances(estimated, Tensor.concatenate(0, Arrays.copyOf(truth, count)), sets);
                double[] least = distances.mul(-1).max(1).mul(-1).tanh().toDoubles();
                for (int i = 0; i < count; i++) {
                    errors[solvable[i]] = least[i];
                }
            }
        }
        return errors;
    }

    /** Sets of eight different numbers below a bound, one after the other. */
    private static Tensor draw(int bound, int sets, RandomGenerator random, Tensor like) {
        long[] numbers = new long[sets * SET];
        for (int set = 0; set < sets; set++) {
            for (int i = 0; i < SET; i++) {
                int start = set * SET;
                long number;
                do {
                    number = random.nextInt(bound);
                } while (contains(numbers, start, start + i, number));
                numbers[start + i] = number;
            }
        }
        return Tensor.of(numbers, numbers.length).like(like);
    }

    private static boolean contains(long[] numbers, int from, int to, long number) {
        return Arrays.stream(numbers, from, to).anyMatch(n -> n == number);
    }

    private static Tensor places(Tensor points, Tensor which, int sets) {
        return points.indexSelect(0, which).reshape(sets, SET, 2);
    }

    /** Smooth-L1 distances, the mean over the nine elements: image pairs x sets. */
    private static Tensor distances(Tensor estimated, Tensor truth, int sets) {
        Tensor exact = truth.toFloat64();
        Tensor scaled = exact.div(exact.narrow(1, 2, 1).narrow(2, 2, 1).add(1e-10));
        long pairs = truth.size(0);
        Tensor distance = estimated.reshape(pairs, sets, 9).sub(scaled.reshape(pairs, 1, 9)).abs();
        Tensor smooth = Tensor.where(distance.lessThan(1), distance.square().mul(0.5), distance.add(-0.5));
        return smooth.mean(2).finiteOr(FARTHEST);
    }
}
