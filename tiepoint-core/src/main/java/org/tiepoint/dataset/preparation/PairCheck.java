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

    /** Explained matches from which on a pair is judged. */
    static final int FEWEST = 20;

    /** Contradicted where fewer than half as many matches agree with the poses as can be explained at all. */
    public Verdict verdict() {
        if (2L * agreeing < explained && explained >= FEWEST) {
            return Verdict.CONTRADICTED;
        }
        return explained >= FEWEST ? Verdict.CONFIRMED : Verdict.UNDECIDED;
    }
}
