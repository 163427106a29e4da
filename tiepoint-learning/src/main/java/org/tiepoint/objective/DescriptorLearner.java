package org.tiepoint.objective;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.checkpoint.EncoderWeights;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.network.LocalBackbone;
import org.tiepoint.network.Parameters;
import org.tiepoint.network.ResUNet;
import org.tiepoint.objective.photo.SimilarPhotoTable;
import org.tiepoint.recipe.DescriptorNetwork;
import org.tiepoint.recipe.LocalNetwork;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/**
 * What learners of a network with one descriptor map have in common; each adds its loss.
 *
 * @param <S> one sample
 */
public abstract class DescriptorLearner<S> implements Learner<S> {
    private final LocalNetwork shape;
    private final LocalBackbone network;
    private final Optional<SimilarPhotoTable> similar;

    /**
     * A network whose initial values follow from the seed.
     *
     * @param shape   of the recipe
     * @param similar stored with the network and closed in the end; empty where the loss does not use it
     */
    protected DescriptorLearner(LocalNetwork shape, long seed, Optional<SimilarPhotoTable> similar, Device device) {
        this.shape = shape;
        this.similar = similar;
        this.network = shape.create(seed, device);
    }

    /** The network in training; the learner closes it. */
    public LocalBackbone network() {
        return network;
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public Map<String, Tensor> stored() {
        Map<String, Tensor> stored = StoredNames.with(StoredNames.DESCRIPTOR, network.parameters().all());
        similar.ifPresent(table -> stored.putAll(table.stored()));
        return stored;
    }

    @Override
    public boolean isEncoder(String parameter) {
        return shape instanceof DescriptorNetwork && ResUNet.isEncoder(parameter);
    }

    @Override
    public void loadEncoder(Path file) throws IOException {
        if (!(shape instanceof DescriptorNetwork withEncoder)) {
            throw new IOException("the recipe's network has no encoder that " + file + " could initialise: leave it"
                    + " out, or take the backbone fine or fusion");
        }
        EncoderWeights.load(file, network.parameters(), withEncoder.freezeEncoderStatistics());
    }

    /** Takes the descriptor network of another training, and nothing else that it stored. */
    @Override
    public void initialise(Map<String, StoredTensor> values, Path file) throws IOException {
        ParameterStore.assign(StoredNames.with(StoredNames.DESCRIPTOR, network.parameters().all()), values, file);
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "%s with %.2f million parameters", shape.summary(),
                parameters().learnedCount() / 1e6);
    }

    @Override
    public void close() {
        network.close();
        similar.ifPresent(SimilarPhotoTable::close);
    }
}
