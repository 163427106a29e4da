package org.tiepoint.objective.caps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.objective.Objective;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.objective.posed.EpipolarPicture;
import org.tiepoint.objective.posed.PairList;
import org.tiepoint.objective.posed.StepSeed;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.tensor.Device;

/** CAPS on posed photos: samples with query points, validation by the distance to epipolar lines. */
public final class CapsObjective implements Objective<CapsSample, CapsLearner> {
    private final CapsRecipe recipe;
    private final PairList pairs;
    private final CapsSampleMaker maker;
    private final CapsValidation validation;

    /**
     * Chooses the pairs.
     *
     * @param scenes photos to train on
     * @throws IllegalArgumentException when they have no pair to train on
     */
    public CapsObjective(CapsRecipe recipe, List<PosedCollection> scenes) {
        this.recipe = recipe;
        pairs = PairList.select(scenes, recipe.data().maxPairsPerScene(), recipe.data().maxRotationDegrees(), recipe);
        maker = new CapsSampleMaker(recipe, scenes);
        validation = new CapsValidation(recipe, pairs, maker);
    }

    @Override
    public CapsLearner learner(Device device) {
        return new CapsLearner(recipe, device);
    }

    @Override
    public List<Callable<CapsSample>> samples(long step) {
        PairList.Batch batch = pairs.batch(step);
        List<Callable<CapsSample>> samples = new ArrayList<>();
        for (int i = 0; i < batch.pairs().size(); i++) {
            PairList.ScenePair pair = batch.pairs().get(i);
            long seed = StepSeed.of(recipe.seed(), step, i);
            samples.add(() -> maker.augmented(pair, batch.portrait(), seed, step));
        }
        return samples;
    }

    @Override
    public String name(CapsSample sample) {
        return sample.name();
    }

    @Override
    public Optional<ValidationReport> validate(CapsLearner learner, long step) throws IOException {
        return pairs.heldOut().isEmpty() ? Optional.empty() : Optional.of(validation.run(learner, step));
    }

    @Override
    public Optional<Picture> picture(CapsLearner learner) throws IOException {
        if (pairs.heldOut().isEmpty()) {
            return Optional.empty();
        }
        CapsSample sample = validation.sample(0);
        return Optional.of(new Picture("validation/epipolar_lines", EpipolarPicture.draw(sample.first(),
                sample.second(), sample.fundamental(), sample.queries(), validation.locations(learner, sample))));
    }

    @Override
    public String summary() {
        return pairs.summary();
    }

    @Override
    public String fingerprint() {
        return pairs.fingerprint();
    }
}
