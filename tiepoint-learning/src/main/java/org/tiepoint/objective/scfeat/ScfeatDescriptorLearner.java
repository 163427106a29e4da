package org.tiepoint.objective.scfeat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.tiepoint.checkpoint.EncoderWeights;
import org.tiepoint.loss.LineToWindowLoss;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.network.FeatureBackbone;
import org.tiepoint.network.Parameters;
import org.tiepoint.network.ResUNet;
import org.tiepoint.objective.Learner;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.objective.posed.PosedBatch;
import org.tiepoint.objective.posed.PosedSample;
import org.tiepoint.objective.posed.StepSeed;
import org.tiepoint.recipe.ScfeatDescriptorRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/** SCFeat's descriptor network with the line-to-window loss (Sun, Zhu and Ji, 2022). */
public final class ScfeatDescriptorLearner implements Learner<PosedSample> {
    private final ScfeatDescriptorRecipe recipe;
    private final FeatureBackbone network;

    /** A network whose initial values follow from the recipe's seed. */
    public ScfeatDescriptorLearner(ScfeatDescriptorRecipe recipe, Device device) {
        this.recipe = recipe;
        this.network = recipe.network().create(recipe.seed(), device);
    }

    FeatureBackbone network() {
        return network;
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public Map<String, Tensor> stored() {
        return StoredNames.with(StoredNames.DESCRIPTOR, network.parameters().all());
    }

    @Override
    public boolean isEncoder(String parameter) {
        return ResUNet.isEncoder(parameter);
    }

    @Override
    public void loadEncoder(Path file) throws IOException {
        EncoderWeights.load(file, network.parameters(), recipe.network().freezeEncoderStatistics());
    }

    @Override
    public LossTerms loss(List<PosedSample> samples, long step) {
        PosedBatch batch = PosedBatch.of(samples, parameters().device());
        SplittableRandom random = new SplittableRandom(StepSeed.of(recipe.seed(), step, samples.size()));
        return loss(batch, network.features(batch.first(), true).descriptors(),
                network.features(batch.second(), true).descriptors(), random, true);
    }

    /** @param moved whether windows are moved at random, as in training */
    LossTerms loss(PosedBatch batch, Tensor map, Tensor otherMap, SplittableRandom random, boolean moved) {
        LineToWindowLoss.Search search = LineSearch.of(batch, map, otherMap, recipe.cellSize(), recipe.matching(),
                random, moved);
        return LineToWindowLoss.of(search, batch.fundamentals(), batch.width(), batch.height(), recipe.loss());
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "%s with %.2f million parameters",
                recipe.network().summary(), parameters().learnedCount() / 1e6);
    }

    @Override
    public void close() {
        network.close();
    }
}
