package org.tiepoint.objective.scfeat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.objective.posed.DescriptorValidation;
import org.tiepoint.objective.posed.PosedObjective;
import org.tiepoint.objective.posed.PosedSamples;
import org.tiepoint.recipe.ScfeatDescriptorRecipe;
import org.tiepoint.tensor.Device;

/** SCFeat's descriptors on posed photos, validated by {@link DescriptorValidation}. */
public final class ScfeatDescriptorObjective extends PosedObjective<ScfeatDescriptorLearner> {
    private final ScfeatDescriptorRecipe recipe;
    private final DescriptorValidation validation;

    /**
     * Chooses the pairs.
     *
     * @throws IllegalArgumentException when the scenes have no pair to train on
     */
    public ScfeatDescriptorObjective(ScfeatDescriptorRecipe recipe, List<PosedCollection> scenes) {
        super(new PosedSamples(scenes, recipe.data(), recipe.augmentation(), recipe));
        this.recipe = recipe;
        this.validation = new DescriptorValidation(samples);
    }

    @Override
    public ScfeatDescriptorLearner learner(Device device) {
        return new ScfeatDescriptorLearner(recipe, device);
    }

    @Override
    public Optional<ValidationReport> validate(ScfeatDescriptorLearner learner, long step) throws IOException {
        return validation.run(learner.network(), (pair, map, otherMap, seed) ->
                learner.loss(pair, map, otherMap, new SplittableRandom(seed), false).total().item(), step);
    }

    @Override
    public Optional<Picture> picture(ScfeatDescriptorLearner learner) throws IOException {
        return validation.picture(learner.network());
    }
}
