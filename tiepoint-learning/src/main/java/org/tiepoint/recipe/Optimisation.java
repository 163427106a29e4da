package org.tiepoint.recipe;

/**
 * Adam's settings.
 *
 * @param learningRate at the first step
 * @param encoderShare share of the learning rate that the encoder learns at, 0 to 1; 1 in the papers
 * @param decay        what the learning rate is multiplied by, above 0, at most 1
 * @param decayEvery   after so many steps, again and again
 * @param batch        samples a step
 * @param steps        in all
 */
public record Optimisation(double learningRate, double encoderShare, double decay, int decayEvery, int batch,
        int steps) {
    public Optimisation {
        if (!(learningRate > 0 && learningRate <= 1)) {
            throw new IllegalArgumentException("learningRate is " + learningRate + ": it must be above 0, at most 1");
        }
        if (!(encoderShare >= 0 && encoderShare <= 1)) {
            throw new IllegalArgumentException("encoderShare is " + encoderShare + ": it must be 0 to 1");
        }
        if (!(decay > 0 && decay <= 1)) {
            throw new IllegalArgumentException("decay is " + decay + ": it must be above 0, at most 1");
        }
        Ranges.require("decayEvery", decayEvery, 1, Integer.MAX_VALUE);
        Ranges.require("batch", batch, 1, 1024);
        Ranges.require("steps", steps, 1, Integer.MAX_VALUE);
    }

    /** The learning rate of a step, counted from 0. */
    public double learningRateAt(long step) {
        return learningRate * Math.pow(decay, step / decayEvery);
    }

    /** The same with another number of steps. */
    Optimisation withSteps(int steps) {
        return new Optimisation(learningRate, encoderShare, decay, decayEvery, batch, steps);
    }
}
