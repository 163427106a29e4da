package org.tiepoint.objective.scfeat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tiepoint.checkpoint.EncoderWeights;
import org.tiepoint.loss.LineToWindowLoss;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.matching.CellPoints;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.network.FeatureBackbone;
import org.tiepoint.network.Parameters;
import org.tiepoint.network.ResUNet;
import org.tiepoint.objective.Learner;
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
        LineToWindowLoss.Search search = LineToWindowLoss.search(map, otherMap, positions(batch, random),
                positions(batch, random), batch.fundamentals(), batch.width(), batch.height(), recipe.matching(),
                moved ? Optional.of(random) : Optional.empty());
        return LineToWindowLoss.of(search, batch.fundamentals(), batch.width(), batch.height(), recipe.loss());
    }

    /** One point a cell, drawn anew for every image: B x n x 2, normalised. */
    private Tensor positions(PosedBatch batch, SplittableRandom random) {
        int images = (int) batch.first().size(0);
        Tensor[] points = new Tensor[images];
        for (int i = 0; i < images; i++) {
            float[] xy = CellPoints.draw(batch.width(), batch.height(), recipe.cellSize(), random);
            points[i] = Tensor.of(xy, xy.length / 2, 2);
        }
        return DifferentiableMatching.normalise(Tensor.stack(0, points).to(parameters().device()), batch.width(),
                batch.height());
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "%s with %.2f million parameters",
                recipe.network().encoder().name().toLowerCase(Locale.ROOT), parameters().learnedCount() / 1e6);
    }

    @Override
    public void close() {
        network.close();
    }
}
