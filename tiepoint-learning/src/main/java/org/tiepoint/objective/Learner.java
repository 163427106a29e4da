package org.tiepoint.objective;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.network.Parameters;
import org.tiepoint.tensor.Tensor;

/**
 * A network and the loss of its samples. Owns the network until {@link #close()}. For one thread at a time.
 *
 * @param <S> one sample
 */
public interface Learner<S> extends AutoCloseable {
    /** What is learned, and its running statistics. */
    Parameters parameters();

    /** Whether a parameter belongs to the part that an encoder file initialises. */
    boolean isEncoder(String parameter);

    /**
     * Sets the encoder's parameters.
     *
     * @throws IOException when the file cannot be read or holds another encoder
     */
    void loadEncoder(Path file) throws IOException;

    /** What a checkpoint keeps of the network, by name: learned or not. */
    default Map<String, Tensor> stored() {
        return parameters().all();
    }

    /**
     * Starts from the weights of another training.
     *
     * @param values by name
     * @param file   for messages
     * @throws IOException when they belong to another network
     */
    default void initialise(Map<String, StoredTensor> values, Path file) throws IOException {
        ParameterStore.assign(stored(), values, file);
    }

    /**
     * The loss with its gradient, inside the caller's scope.
     *
     * @param step counted from 0; seeds the draws, where there are any
     */
    LossTerms loss(List<S> samples, long step);

    /** What the network is, in a few words. */
    String summary();

    /** Frees the network. */
    @Override
    void close();
}
