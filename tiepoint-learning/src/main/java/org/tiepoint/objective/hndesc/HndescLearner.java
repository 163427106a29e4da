package org.tiepoint.objective.hndesc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.checkpoint.EncoderWeights;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.network.LocalBackbone;
import org.tiepoint.network.Parameters;
import org.tiepoint.network.ResUNet;
import org.tiepoint.objective.Learner;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.objective.photo.CropLoss;
import org.tiepoint.objective.photo.CropSample;
import org.tiepoint.objective.photo.SimilarPhotoTable;
import org.tiepoint.recipe.DescriptorNetwork;
import org.tiepoint.recipe.HndescRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/** A descriptor network with HNDesc's loss (Melekhov et al., 3DV 2021). */
public final class HndescLearner implements Learner<CropSample> {
    private final HndescRecipe recipe;
    private final LocalBackbone network;
    private final Optional<SimilarPhotoTable> similar;

    /**
     * A network whose initial values follow from the recipe's seed.
     *
     * @param similar stored with the network and closed in the end; empty where the loss does not use it
     */
    public HndescLearner(HndescRecipe recipe, Optional<SimilarPhotoTable> similar, Device device) {
        this.recipe = recipe;
        this.similar = similar;
        this.network = recipe.network().create(recipe.seed(), device);
    }

    LocalBackbone network() {
        return network;
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public Map<String, Tensor> stored() {
        Map<String, Tensor> stored = descriptor();
        similar.ifPresent(table -> stored.putAll(table.stored()));
        return stored;
    }

    @Override
    public boolean isEncoder(String parameter) {
        return recipe.network() instanceof DescriptorNetwork && ResUNet.isEncoder(parameter);
    }

    @Override
    public void loadEncoder(Path file) throws IOException {
        if (!(recipe.network() instanceof DescriptorNetwork shape)) {
            throw new IOException("the recipe's network has no encoder that " + file + " could initialise: leave it"
                    + " out, or take the backbone fine or fusion");
        }
        EncoderWeights.load(file, network.parameters(), shape.freezeEncoderStatistics());
    }

    /** Takes the descriptor network of another training. */
    @Override
    public void initialise(Map<String, StoredTensor> values, Path file) throws IOException {
        ParameterStore.assign(descriptor(), values, file);
    }

    private Map<String, Tensor> descriptor() {
        return StoredNames.with(StoredNames.DESCRIPTOR, network.parameters().all());
    }

    @Override
    public LossTerms loss(List<CropSample> samples, long step) {
        return CropLoss.of(network, samples, recipe.loss(), true);
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "%s with %.2f million parameters", recipe.network().summary(),
                parameters().learnedCount() / 1e6);
    }

    @Override
    public void close() {
        network.close();
        similar.ifPresent(SimilarPhotoTable::close);
    }
}
