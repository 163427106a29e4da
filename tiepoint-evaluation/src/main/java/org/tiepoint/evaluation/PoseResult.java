package org.tiepoint.evaluation;

import java.util.List;
import java.util.Optional;
import org.tiepoint.estimate.PoseError;

/**
 * What a descriptor reached on a set of pairs with true relative poses.
 *
 * @param name        the set
 * @param describer   name of the descriptor
 * @param pairs       in the set's order
 * @param description what its descriptors cost
 */
public record PoseResult(String name, String describer, List<Pair> pairs, DescriptionCost description) {
    /** A match is correct where both its points are within so many pixels of their true epipolar lines. */
    public static final double CORRECT_PIXELS = 3;

    public PoseResult {
        pairs = List.copyOf(pairs);
    }

    /**
     * One pair of photos.
     *
     * @param first           file name
     * @param second          file name
     * @param matches         how many
     * @param correct         how many of them agree with the true epipolar lines
     * @param error           of the estimated pose, the translation up to its sign; empty where none was found
     * @param matchSeconds    time of matching
     * @param estimateSeconds time of the robust estimate
     */
    public record Pair(String first, String second, int matches, int correct, Optional<PoseError> error,
            double matchSeconds, double estimateSeconds) {
        /** The larger of the two angles; infinite where no pose was found. */
        public double errorDegrees() {
            return error.map(PoseError::maximumDegrees).orElse(Double.POSITIVE_INFINITY);
        }
    }

    /** Area under the curve of pose errors, see {@link PoseAuc}. */
    public double auc(double thresholdDegrees) {
        return PoseAuc.of(pairs.stream().mapToDouble(Pair::errorDegrees).toArray(), thresholdDegrees);
    }

    /** The share of correct matches among all matches of all pairs: pairs with many matches weigh more. */
    public double shareCorrect() {
        long all = pairs.stream().mapToLong(Pair::matches).sum();
        return all == 0 ? 0 : (double) pairs.stream().mapToLong(Pair::correct).sum() / all;
    }

    /** Mean number of matches a pair. */
    public double matchesPerPair() {
        return pairs.stream().mapToInt(Pair::matches).average().orElse(0);
    }

    /** Mean time of matching a pair. */
    public double matchSecondsPerPair() {
        return pairs.stream().mapToDouble(Pair::matchSeconds).average().orElse(0);
    }
}
