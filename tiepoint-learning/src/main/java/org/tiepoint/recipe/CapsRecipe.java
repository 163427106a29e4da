package org.tiepoint.recipe;

import org.tiepoint.loss.EpipolarLoss;
import org.tiepoint.matching.CoarseToFineMatching;
import org.tiepoint.network.ResUNet;

/**
 * How a CAPS descriptor is trained (Wang et al., ECCV 2020).
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
public record CapsRecipe(String method, long seed, ResUNet.Options network, Data data, Augmentation augmentation,
        CoarseToFineMatching.Options matching, EpipolarLoss.Options loss, Optimisation optimisation,
        Schedule schedule) implements Recipe {
    /** The method's name. */
    public static final String METHOD = "caps";

    public CapsRecipe {
        Ranges.requireMethod(METHOD, method);
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

        /** The share of random ones among them. */
        public double randomShare() {
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
     * @param referencePruning     whether to prune as the released code does (QueryPruning)
     */
    public record Data(int width, int height, int queries, QuerySource querySource, double maxRotationDegrees,
            int maxPairsPerScene, boolean referencePruning) {
        public Data {
            Ranges.require("queries", queries, 1, 10_000);
            Ranges.require("maxPairsPerScene", maxPairsPerScene, 1, 1_000_000);
            Ranges.requireSize(width, height);
            Ranges.requireRotation(maxRotationDegrees);
        }
    }

    @Override
    public CapsRecipe withSteps(int steps) {
        return new CapsRecipe(method, seed, network, data, augmentation, matching, loss, optimisation.withSteps(steps),
                schedule);
    }
}
