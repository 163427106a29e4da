package org.tiepoint.objective.scfeat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.tiepoint.checkpoint.EncoderWeights;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.detector.DetectorLoss;
import org.tiepoint.detector.ScoreNetwork;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.network.FeatureBackbone;
import org.tiepoint.network.FeatureMaps;
import org.tiepoint.network.Parameters;
import org.tiepoint.objective.Learner;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.objective.posed.PosedBatch;
import org.tiepoint.objective.posed.PosedSample;
import org.tiepoint.objective.posed.StepSeed;
import org.tiepoint.recipe.ScfeatDetectorRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;

/** SCFeat's score network on a frozen descriptor network, with its reward (Sun, Zhu and Ji, 2022). */
public final class ScfeatDetectorLearner implements Learner<PosedSample> {
    private final ScfeatDetectorRecipe recipe;
    private final FeatureBackbone descriptor;
    private final ScoreNetwork detector;

    /**
     * A detector and a descriptor whose initial values follow from the recipe's seed; the latter is of no use before
     * {@link #initialise}.
     */
    public ScfeatDetectorLearner(ScfeatDetectorRecipe recipe, Device device) {
        this.recipe = recipe;
        this.descriptor = recipe.network().create(recipe.seed(), device);
        this.detector = new ScoreNetwork(recipe.detector(), recipe.seed(), device);
    }

    /** The detector's: the descriptor is frozen. */
    @Override
    public Parameters parameters() {
        return detector.parameters();
    }

    @Override
    public Map<String, Tensor> stored() {
        Map<String, Tensor> stored = storedDescriptor();
        stored.putAll(StoredNames.with(StoredNames.DETECTOR, detector.parameters().all()));
        return stored;
    }

    @Override
    public boolean isEncoder(String parameter) {
        return false;
    }

    @Override
    public void loadEncoder(Path file) throws IOException {
        EncoderWeights.load(file, descriptor.parameters(), recipe.network().freezeEncoderStatistics());
    }

    /** Takes the descriptor network of the first stage. */
    @Override
    public void initialise(Map<String, StoredTensor> values, Path file) throws IOException {
        ParameterStore.assign(storedDescriptor(), values, file);
    }

    private Map<String, Tensor> storedDescriptor() {
        return StoredNames.with(StoredNames.DESCRIPTOR, descriptor.parameters().all());
    }

    /** Descriptor maps, without gradient. */
    FeatureMaps maps(Tensor images) {
        try (NoGradient noGradient = new NoGradient()) {
            return descriptor.features(images, false);
        }
    }

    /** Scores of every pixel: B x 1 x H x W. */
    Tensor scores(FeatureMaps maps, Tensor images) {
        return detector.apply(maps, images);
    }

    @Override
    public LossTerms loss(List<PosedSample> samples, long step) {
        PosedBatch batch = PosedBatch.of(samples, parameters().device());
        FeatureMaps maps = maps(batch.first());
        FeatureMaps otherMaps = maps(batch.second());
        return loss(batch, maps, otherMaps, scores(maps, batch.first()), scores(otherMaps, batch.second()),
                StepSeed.of(recipe.seed(), step, samples.size()));
    }

    LossTerms loss(PosedBatch batch, FeatureMaps maps, FeatureMaps otherMaps, Tensor scores, Tensor otherScores,
            long seed) {
        return DetectorLoss.of(scores, otherScores, maps.descriptors(), otherMaps.descriptors(), batch.fundamentals(),
                recipe.loss(), new SplittableRandom(seed));
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "a detector of %.2f million parameters on a frozen %s",
                parameters().learnedCount() / 1e6, recipe.network().summary());
    }

    @Override
    public void close() {
        descriptor.close();
        detector.close();
    }
}
