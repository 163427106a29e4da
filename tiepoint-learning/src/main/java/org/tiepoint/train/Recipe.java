package org.tiepoint.train;

import org.tiepoint.augment.AffineWarp;
import org.tiepoint.augment.ColourJitter;
import org.tiepoint.loss.EpipolarLoss;
import org.tiepoint.matching.CoarseToFineMatching;
import org.tiepoint.network.ResUNet;

/**
 * All that decides how a descriptor is trained, but for the photos. Read from YAML by {@link RecipeFile}, whose keys are
 * these names.
 *
 * @param method       "caps"
 * @param seed         of the initial values, the order of pairs and every random draw
 * @param network      the network's shape
 * @param data         what a training pair is
 * @param augmentation how its pictures are disturbed
 * @param matching     how locations are searched
 * @param loss         weights of the loss terms
 * @param optimisation Adam's settings
 * @param schedule     when to validate and to save
 */
public record Recipe(String method, long seed, ResUNet.Options network, Data data, Augmentation augmentation,
        CoarseToFineMatching.Options matching, EpipolarLoss.Options loss, Optimisation optimisation,
        Schedule schedule) {
    public Recipe {
        if (!method.equals("caps")) {
            throw new IllegalArgumentException("method is " + method + ": it must be caps");
        }
    }

    /** Where query points come from. */
    public enum QuerySource {
        /** 10 % random, 90 % SIFT. */
        MIXED(0.1),
        SIFT(0),
        RANDOM(1);

        private final double randomShare;

        QuerySource(double randomShare) {
            this.randomShare = randomShare;
        }

        double randomShare() {
            return randomShare;
        }
    }

    /**
     * What a training pair is.
     *
     * @param width                of a landscape picture in pixels, a multiple of 16; portrait pairs swap the sides
     * @param height               of a landscape picture in pixels, a multiple of 16, at most the width
     * @param queries              points a pair, 1 to 10,000
     * @param querySource          where they come from
     * @param maxRotationDegrees   pairs turned further against each other are left out
     * @param maxPairsPerScene     at most so many pairs of one scene an epoch
     * @param referencePruning     whether to prune as the released code does ({@link QueryPruning})
     */
    public record Data(int width, int height, int queries, QuerySource querySource, double maxRotationDegrees,
            int maxPairsPerScene, boolean referencePruning) {
        public Data {
            requireRange("queries", queries, 1, 10_000);
            requireRange("maxPairsPerScene", maxPairsPerScene, 1, 1_000_000);
            if (width % 16 != 0 || height % 16 != 0 || height < 64 || width < height || width > 4096) {
                throw new IllegalArgumentException("width x height is " + width + "x" + height
                        + ": both must be multiples of 16 from 64 to 4096, the width not below the height");
            }
            if (!(maxRotationDegrees > 0 && maxRotationDegrees <= 180)) {
                throw new IllegalArgumentException("maxRotationDegrees is " + maxRotationDegrees
                        + ": it must be above 0, at most 180");
            }
        }
    }

    /**
     * How pictures are disturbed.
     *
     * @param colour    of both pictures
     * @param warp      of the second picture
     * @param warpGrows steps over which the warp grows from none to its range; 0 for the whole range from the start
     */
    public record Augmentation(ColourJitter colour, AffineWarp warp, int warpGrows) {
        public Augmentation {
            requireRange("warpGrows", warpGrows, 0, Integer.MAX_VALUE);
        }

        /** The warp of a step, counted from 0. */
        AffineWarp warpAt(long step) {
            return step >= warpGrows ? warp : warp.scaled((double) step / warpGrows);
        }
    }

    /**
     * Adam's settings.
     *
     * @param learningRate at the first step
     * @param encoderShare share of the learning rate that the encoder learns at, 0 to 1; 1 in CAPS
     * @param halveEvery   the learning rate is halved after so many steps, again and again
     * @param batch        pairs a step
     * @param steps        in all
     */
    public record Optimisation(double learningRate, double encoderShare, int halveEvery, int batch, int steps) {
        public Optimisation {
            if (!(learningRate > 0 && learningRate <= 1)) {
                throw new IllegalArgumentException("learningRate is " + learningRate
                        + ": it must be above 0, at most 1");
            }
            if (!(encoderShare >= 0 && encoderShare <= 1)) {
                throw new IllegalArgumentException("encoderShare is " + encoderShare + ": it must be 0 to 1");
            }
            requireRange("halveEvery", halveEvery, 1, Integer.MAX_VALUE);
            requireRange("batch", batch, 1, 1024);
            requireRange("steps", steps, 1, Integer.MAX_VALUE);
        }

        /** The learning rate of a step, counted from 0. */
        double learningRateAt(long step) {
            return learningRate * Math.pow(0.5, step / halveEvery);
        }

        /** The learning rate of a parameter at a step, counted from 0. */
        double learningRateAt(long step, String parameter) {
            return learningRateAt(step) * (ResUNet.isEncoder(parameter) ? encoderShare : 1);
        }
    }

    /**
     * When to validate and to save.
     *
     * @param validationShare share of the pairs that is held out, at least 0, below 1; at least one pair is where
     *                        there are two
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
            requireRange("validationPairs", validationPairs, 1, 100_000);
            requireRange("validateEvery", validateEvery, 1, Integer.MAX_VALUE);
            requireRange("checkpointEvery", checkpointEvery, 1, Integer.MAX_VALUE);
            requireRange("logEvery", logEvery, 1, Integer.MAX_VALUE);
        }
    }

    /** The same recipe with another number of steps. */
    public Recipe withSteps(int steps) {
        return new Recipe(method, seed, network, data, augmentation, matching, loss, new Optimisation(
                optimisation.learningRate(), optimisation.encoderShare(), optimisation.halveEvery(),
                optimisation.batch(), steps), schedule);
    }

    private static void requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be " + least + " to " + most);
        }
    }
}
