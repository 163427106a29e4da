package org.tiepoint.evaluation.sweep;

/**
 * How some features did on one photo at one level.
 *
 * @param photo         file name
 * @param features      name of the candidate
 * @param kind          what was changed
 * @param level         how much, in the kind's unit
 * @param firstPoints   key points of the first image that the second one shows too
 * @param secondPoints  key points of the second image that the first one shows too
 * @param matches       how many
 * @param within        how many of them have a reprojection error of at most 1, 2, ..., 10 pixels of the second image;
 *                      shared, not copied
 * @param repeatability share of the key points that have one of the other image within 3 pixels of the second image,
 *                      0 to 1; 0 where there are none
 */
public record SweepOutcome(String photo, String features, SweepKind kind, double level, int firstPoints,
        int secondPoints, int matches, int[] within, double repeatability) {
    /** Thresholds are 1, 2, ... pixels up to this. */
    public static final int MAX_PIXELS = 10;

    /** The share of matches within a threshold of 1 to 10 pixels; 0 where there are no matches. */
    public double accuracy(int pixels) {
        return matches == 0 ? 0 : (double) within[pixels - 1] / matches;
    }
}
