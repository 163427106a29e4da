package org.tiepoint.objective.hndesc;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.objective.Objective;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.objective.photo.CropSample;
import org.tiepoint.objective.photo.CropSamples;
import org.tiepoint.objective.photo.CropValidation;
import org.tiepoint.objective.photo.MinedSamples;
import org.tiepoint.recipe.HndescRecipe;
import org.tiepoint.tensor.Device;

/** HNDesc on single photos; one learner at a time. Validated by whether key points find themselves in the other crop. */
public final class HndescObjective implements Objective<CropSample, HndescLearner> {
    private final HndescRecipe recipe;
    private final CropSamples samples;
    private final MinedSamples mined;
    private final CropValidation validation;

    /**
     * Splits the photos.
     *
     * @throws IllegalArgumentException when there is none to train on
     */
    public HndescObjective(HndescRecipe recipe, TrainingData data) {
        this.recipe = recipe;
        this.samples = new CropSamples(data, recipe.data(), recipe.schedule(), recipe.seed());
        this.mined = new MinedSamples(samples, recipe.loss().source(), recipe.mining(), data.similarity());
        this.validation = new CropValidation(samples, recipe.loss());
    }

    @Override
    public HndescLearner learner(Device device) {
        return new HndescLearner(recipe, mined.createTable(), device);
    }

    @Override
    public void prepare(HndescLearner learner, long step) throws IOException {
        mined.prepare(learner.network(), step);
    }

    @Override
    public List<Callable<CropSample>> samples(long step) {
        return mined.of(step, recipe.optimisation().batch());
    }

    @Override
    public String name(CropSample sample) {
        return sample.name();
    }

    @Override
    public Optional<ValidationReport> validate(HndescLearner learner, long step) throws IOException {
        return validation.run(learner.network(), step);
    }

    @Override
    public Optional<Picture> picture(HndescLearner learner) throws IOException {
        return validation.picture(learner.network()).map(image -> new Picture("validation/right_matches", image));
    }

    @Override
    public String summary() {
        return samples.summary();
    }

    @Override
    public String fingerprint() {
        return samples.fingerprint();
    }
}
