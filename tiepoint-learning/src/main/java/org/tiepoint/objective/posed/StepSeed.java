package org.tiepoint.objective.posed;

/** Seeds of the draws of a training: they follow from the recipe's seed and the step, so a resumed training repeats them. */
public final class StepSeed {
    private StepSeed() {}

    /**
     * The seed of one draw.
     *
     * @param step  counted from 0
     * @param place in the batch, below 1009
     */
    public static long of(long seed, long step, int place) {
        return seed * 0x9E3779B97F4A7C15L + step * 1009 + place;
    }
}
