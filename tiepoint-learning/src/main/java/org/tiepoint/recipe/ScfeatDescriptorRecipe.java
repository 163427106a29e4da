package org.tiepoint.recipe;

import org.tiepoint.loss.LineToWindowLoss;
import org.tiepoint.matching.LineToWindowMatching;

/**
 * How SCFeat's descriptor network is trained (Sun, Zhu and Ji, 2022), the first of its two stages.
 *
 * @param method       "scfeat-descriptor"
 * @param seed         of the initial values, the order of pairs and every random draw
 * @param network      the network's shape
 * @param data         what a training pair is
 * @param augmentation how its pictures are disturbed
 * @param cellSize     one point is drawn in each cell of so many pixels square; 16 in SCFeat
 * @param matching     how locations are searched
 * @param loss         weights and limits of the loss
 * @param optimisation Adam's settings
 * @param schedule     when to validate and to save
 */
public record ScfeatDescriptorRecipe(String method, long seed, DescriptorNetwork network, PosedData data,
        Augmentation augmentation, int cellSize, LineToWindowMatching.Options matching, LineToWindowLoss.Options loss,
        Optimisation optimisation, Schedule schedule) implements Recipe {
    /** The method's name. */
    public static final String METHOD = "scfeat-descriptor";

    public ScfeatDescriptorRecipe {
        Ranges.requireMethod(METHOD, method);
        Ranges.require("cellSize", cellSize, 2, 64);
    }

    @Override
    public ScfeatDescriptorRecipe withSteps(int steps) {
        return new ScfeatDescriptorRecipe(method, seed, network, data, augmentation, cellSize, matching, loss,
                optimisation.withSteps(steps), schedule);
    }
}
