package org.tiepoint.dataset.preparation;

/**
 * What a pair's own matches say about the given poses.
 *
 * @param matches      matches by descriptor
 * @param explained    those that the best fundamental matrix found among them explains
 * @param agreeing     those near the epipolar lines of the given poses
 * @param medianPixels median over the explained ones of their distance to the given epipolar lines, the mean of both
 *                     directions, in pixels of the images; NaN where none is explained
 */
public record PairCheck(int matches, int explained, int agreeing, double medianPixels) {
    /** What follows. */
    public enum Verdict {
        /** The matches fit the poses. */
        CONFIRMED,
        /** The matches fit together, but not with the poses. */
        CONTRADICTED,
        /** Too few matches fit together to tell. */
        UNDECIDED
    }

    /**
     * Matches from which on a pair is judged: RANSAC finds a matrix for 10 to 12 of a few dozen matches that are all
     * wrong.
     */
    static final int FEWEST = 15;

    /**
     * Contradicted where at least 15 matches can be explained and fewer than half as many agree with the poses;
     * confirmed where at least 15 agree.
     */
    public Verdict verdict() {
        if (explained >= FEWEST && 2L * agreeing < explained) {
            return Verdict.CONTRADICTED;
        }
        return agreeing >= FEWEST ? Verdict.CONFIRMED : Verdict.UNDECIDED;
    }
}
