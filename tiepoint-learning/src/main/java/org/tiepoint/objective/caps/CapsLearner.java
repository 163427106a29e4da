package org.tiepoint.objective.caps;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tiepoint.checkpoint.EncoderWeights;
import org.tiepoint.loss.EpipolarLoss;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.matching.CoarseToFineMatching;
import org.tiepoint.network.Parameters;
import org.tiepoint.network.ResUNet;
import org.tiepoint.objective.Learner;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.tensor.Device;

/** The CAPS network with its epipolar and cycle losses (Wang et al., ECCV 2020). */
public final class CapsLearner implements Learner<CapsSample> {
    private final CapsRecipe recipe;
    private final ResUNet network;

    /** A network whose initial values follow from the recipe's seed. */
    public CapsLearner(CapsRecipe recipe, Device device) {
        this.recipe = recipe;
        this.network = new ResUNet(recipe.network(), recipe.seed(), device);
    }

    public ResUNet network() {
        return network;
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public boolean isEncoder(String parameter) {
        return ResUNet.isEncoder(parameter);
    }

    @Override
    public void loadEncoder(Path file) throws IOException {
        EncoderWeights.load(file, network);
    }

    @Override
    public LossTerms loss(List<CapsSample> samples, long step) {
        CapsBatch batch = CapsBatch.of(samples, parameters().device());
        return loss(batch, search(batch, true));
    }

    LossTerms loss(CapsBatch batch, CoarseToFineMatching.Result search) {
        return EpipolarLoss.of(batch.queries(), batch.fundamentals(), search, batch.width(), batch.height(),
                recipe.loss());
    }

    /**
     * Where the network expects the queries.
     *
     * @param training whether to normalise by the batch's statistics
     */
    CoarseToFineMatching.Result search(CapsBatch batch, boolean training) {
        return CoarseToFineMatching.search(batch.normalisedQueries(), network.apply(batch.first(), training),
                network.apply(batch.second(), training), recipe.matching());
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
