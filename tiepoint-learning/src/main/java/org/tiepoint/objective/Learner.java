package org.tiepoint.objective;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.network.Parameters;

/**
 * A network and the loss of its samples. Owns the network until {@link #close()}. For one thread at a time.
 *
 * @param <S> one sample
 */
public interface Learner<S> extends AutoCloseable {
    /** What is learned, and the running statistics. */
    Parameters parameters();

    /** Whether a parameter belongs to the part that an encoder file initialises. */
    boolean isEncoder(String parameter);

    /**
     * Sets the encoder's parameters.
     *
     * @throws IOException when the file cannot be read or holds another encoder
     */
    void loadEncoder(Path file) throws IOException;

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
