package org.tiepoint.recipe;

/**
 * When to validate and to save.
 *
 * @param validationShare share of the pairs that is held out, at least 0, below 1; at least one pair is where there are
 *                        two
 * @param validationPairs at most so many held-out pairs are used
 * @param validateEvery   steps
 * @param checkpointEvery steps
 * @param logEvery        steps between lines in the metrics
 */
public record Schedule(double validationShare, int validationPairs, int validateEvery, int checkpointEvery,
        int logEvery) {
    public Schedule {
        if (!(validationShare >= 0 && validationShare < 1)) {
            throw new IllegalArgumentException("validationShare is " + validationShare
                    + ": it must be at least 0, below 1");
        }
        Ranges.require("validationPairs", validationPairs, 1, 100_000);
        Ranges.require("validateEvery", validateEvery, 1, Integer.MAX_VALUE);
        Ranges.require("checkpointEvery", checkpointEvery, 1, Integer.MAX_VALUE);
        Ranges.require("logEvery", logEvery, 1, Integer.MAX_VALUE);
    }

    /** How many of so many samples are held out. */
    public int heldOut(int available) {
        int held = (int) Math.round(available * validationShare);
        return held == 0 && validationShare > 0 && available > 1 ? 1 : held;
    }
}
