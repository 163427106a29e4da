package org.tiepoint.evaluation;

import java.util.List;

/**
 * What a descriptor reached on a sequence, or on several.
 *
 * @param name        the sequence
 * @param describer   name of the descriptor
 * @param pairs       image 1 against each other image
 * @param description what its descriptors cost
 */
public record HomographyResult(String name, String describer, List<Pair> pairs, DescriptionCost description) {
    /** Thresholds are 1, 2, ... pixels up to this. */
    public static final int MAX_PIXELS = 10;

    /** A match is correct where its reprojection error is at most so many pixels. */
    public static final int CORRECT_PIXELS = 3;

    public HomographyResult {
        pairs = List.copyOf(pairs);
    }

    /**
     * One pair of images.
     *
     * @param sequence     where it is from
     * @param image        number of the second image; the first is 1
     * @param matches      how many
     * @param within       how many of them have a reprojection error of at most 1, 2, ..., 10 pixels
     * @param matchSeconds time of matching
     */
    public record Pair(String sequence, int image, int matches, int[] within, double matchSeconds) {
        /** The share of matches within a threshold of 1 to 10 pixels; 0 where there are no matches. */
        public double accuracy(int pixels) {
            return matches == 0 ? 0 : (double) within[pixels - 1] / matches;
        }
    }

    /** The pairs of several results of one descriptor together. */
    static HomographyResult together(String name, List<HomographyResult> results) {
        return new HomographyResult(name, results.get(0).describer,
                results.stream().flatMap(result -> result.pairs.stream()).toList(),
                results.stream().map(HomographyResult::description).reduce(DescriptionCost.NONE,
                        DescriptionCost::plus));
    }

    /**
     * Mean matching accuracy: the share of matches within a threshold, averaged over pairs. A pair without matches
     * counts 0.
     *
     * @param pixels 1 to 10
     */
    public double meanMatchingAccuracy(int pixels) {
        return pairs.stream().mapToDouble(pair -> pair.accuracy(pixels)).average().orElse(0);
    }

    /** The share of correct matches among all matches of all pairs: pairs with many matches weigh more. */
    public double shareCorrect() {
        long all = pairs.stream().mapToLong(Pair::matches).sum();
        long correct = pairs.stream().mapToLong(pair -> pair.within[CORRECT_PIXELS - 1]).sum();
        return all == 0 ? 0 : (double) correct / all;
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
