package org.tiepoint.objective.mixed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.tiepoint.objective.Objective;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.objective.photo.CropSample;
import org.tiepoint.objective.photo.CropSamples;
import org.tiepoint.objective.photo.CropValidation;
import org.tiepoint.objective.photo.MinedSamples;
import org.tiepoint.objective.posed.DescriptorValidation;
import org.tiepoint.objective.posed.PosedSample;
import org.tiepoint.objective.posed.PosedSamples;
import org.tiepoint.recipe.MixedRecipe;
import org.tiepoint.tensor.Device;

/** Posed pairs and single photos in one training; one learner at a time. Validated on both, decided by the pairs. */
public final class MixedObjective implements Objective<MixedSample, MixedLearner> {
    private final MixedRecipe recipe;
    private final boolean adapting;
    private final PosedSamples pairs;
    private final CropSamples crops;
    private final MinedSamples mined;
    private final DescriptorValidation pairValidation;
    private final CropValidation cropValidation;

    /**
     * Chooses the pairs and splits the photos.
     *
     * @throws IllegalArgumentException when there is no pair or no photo to train on
     */
    public MixedObjective(MixedRecipe recipe, TrainingData data) {
        this(recipe, false, data);
    }

    private MixedObjective(MixedRecipe recipe, boolean adapting, TrainingData data) {
        this.recipe = recipe;
        this.adapting = adapting;
        pairs = new PosedSamples(data.scenes(), recipe.posed().data(), recipe.posed().augmentation(), recipe);
        crops = new CropSamples(data, recipe.photos().data(), recipe.schedule(), recipe.seed());
        mined = new MinedSamples(crops, recipe.photos().loss().source(), recipe.photos().mining(), data.similarity());
        pairValidation = new DescriptorValidation(pairs);
        cropValidation = new CropValidation(crops, recipe.photos().loss());
    }

    /**
     * Of a network that is trained already and goes on learning, as {@link MixedLearner} says.
     *
     * @throws IllegalArgumentException when there is no pair or no photo to train on
     */
    public static MixedObjective adapting(MixedRecipe recipe, TrainingData data) {
        return new MixedObjective(recipe, true, data);
    }

    @Override
    public MixedLearner learner(Device device) {
        return new MixedLearner(recipe, mined.createTable(), adapting, device);
    }

    @Override
    public void prepare(MixedLearner learner, long step) throws IOException {
        mined.prepare(learner.network(), step);
    }

    @Override
    public List<Callable<MixedSample>> samples(long step) {
        List<Callable<MixedSample>> samples = new ArrayList<>();
        if (recipe.weights().usePoses()) {
            for (Callable<PosedSample> pair : pairs.of(step)) {
                samples.add(() -> MixedSample.of(pair.call()));
            }
        }
        if (recipe.weights().usePhotos()) {
            for (Callable<CropSample> pair : mined.of(step, recipe.photos().batch())) {
                samples.add(() -> MixedSample.of(pair.call()));
            }
        }
        return samples;
    }

    @Override
    public String name(MixedSample sample) {
        return sample.name();
    }

    @Override
    public Optional<ValidationReport> validate(MixedLearner learner, long step) throws IOException {
        Optional<ValidationReport> onPairs = pairValidation.run(learner.network(), (pair, map, otherMap, seed) ->
                learner.posedLoss(pair, map, otherMap, new SplittableRandom(seed), false).total().item(), step);
        Optional<ValidationReport> onCrops = cropValidation.run(learner.network(), step);
        if (onPairs.isEmpty() || onCrops.isEmpty()) {
            return onPairs.or(() -> onCrops);
        }
        Map<String, Double> metrics = new LinkedHashMap<>(onPairs.get().metrics());
        metrics.putAll(onCrops.get().metrics());
        return Optional.of(new ValidationReport(step, onPairs.get().samples(), onPairs.get().loss(), metrics, 1));
    }

    @Override
    public Optional<Picture> picture(MixedLearner learner) throws IOException {
        return pairValidation.picture(learner.network());
    }

    @Override
    public String summary() {
        return pairs.pairs().summary() + "; " + crops.summary();
    }

    @Override
    public String fingerprint() {
        return pairs.pairs().fingerprint() + "; " + crops.fingerprint();
    }
}
