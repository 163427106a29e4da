package org.tiepoint.objective.scfeat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tiepoint.loss.LineToWindowLoss;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.objective.DescriptorLearner;
import org.tiepoint.objective.posed.PosedBatch;
import org.tiepoint.objective.posed.PosedSample;
import org.tiepoint.objective.posed.StepSeed;
import org.tiepoint.recipe.ScfeatDescriptorRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/** SCFeat's descriptor network with the line-to-window loss (Sun, Zhu and Ji, 2022). */
public final class ScfeatDescriptorLearner extends DescriptorLearner<PosedSample> {
    private final ScfeatDescriptorRecipe recipe;

    /** A network whose initial values follow from the recipe's seed. */
    public ScfeatDescriptorLearner(ScfeatDescriptorRecipe recipe, Device device) {
        super(recipe.network(), recipe.seed(), Optional.empty(), device);
        this.recipe = recipe;
    }

    @Override
    public LossTerms loss(List<PosedSample> samples, long step) {
        PosedBatch batch = PosedBatch.of(samples, parameters().device());
        SplittableRandom random = new SplittableRandom(StepSeed.of(recipe.seed(), step, samples.size()));
        return loss(batch, network().describe(batch.first(), true),
                network().describe(batch.second(), true), random, true);
    }

    /** @param moved whether windows are moved at random, as in training */
    LossTerms loss(PosedBatch batch, Tensor map, Tensor otherMap, SplittableRandom random, boolean moved) {
        LineToWindowLoss.Search search = LineSearch.of(batch, map, otherMap, recipe.cellSize(), recipe.matching(),
                random, moved);
        return LineToWindowLoss.of(search, batch.fundamentals(), batch.width(), batch.height(), recipe.loss());
    }
}
