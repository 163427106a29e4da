package org.tiepoint.recipe;

import org.tiepoint.loss.AveragePrecisionLoss;

/**
 * How an HNDesc descriptor is trained (Melekhov, Laskar, Li, Wang and Kannala, "Digging Into Self-Supervised Learning
 * of Feature Descriptors", 3DV 2021): on single photos, without poses.
 *
 * @param method       "hndesc"
 * @param seed         of the initial values and every random draw
 * @param network      the network's shape
 * @param data         what a training pair is
 * @param loss         the loss and its negatives
 * @param mining       how photos that look alike are found
 * @param optimisation Adam's settings; the batch counts photos
 * @param schedule     when to validate, on held-out photos, and to save
 */
public record HndescRecipe(String method, long seed, LocalNetwork network, PhotoData data,
        AveragePrecisionLoss.Options loss, Mining mining, Optimisation optimisation, Schedule schedule)
        implements Recipe {
    /** The method's name. */
    public static final String METHOD = "hndesc";

    public HndescRecipe {
        Ranges.requireMethod(METHOD, method);
        data.requireCropsFor(network);
    }

    @Override
    public boolean needsPoses() {
        return false;
    }

    @Override
    public HndescRecipe withSteps(int steps) {
        return new HndescRecipe(method, seed, network, data, loss, mining, optimisation.withSteps(steps), schedule);
    }
}
