package org.tiepoint.objective;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.image.Image;
import org.tiepoint.tensor.Device;

/**
 * What a training works on: the network to make, the samples of a step, and a measure of how good the network is. All
 * draws follow from the recipe's seed and the step, so that a training can be resumed to the bit.
 *
 * @param <S> one sample
 * @param <L> the network with its loss
 */
public interface Objective<S, L extends Learner<S>> {
    /** A new network with initial values that follow from the seed; the caller closes it. */
    L learner(Device device);

    /** Whether a training must start from the weights of an earlier stage. */
    default boolean needsInitialWeights() {
        return false;
    }

    /** Does what is to be done before a step, counted from 0: on the training's thread. */
    default void prepare(L learner, long step) throws IOException {}

    /** Tasks that make the samples of a step, counted from 0, in loader threads; asked for a few steps ahead. */
    List<Callable<S>> samples(long step);

    /** What messages call a sample. */
    String name(S sample);

    /** Measures the network on what was held out; empty where nothing is. */
    Optional<ValidationReport> validate(L learner, long step) throws IOException;

    /** A picture of what the network makes of something that was held out; empty where there is none. */
    Optional<Picture> picture(L learner) throws IOException;

    /** What there is to train on, in a few words. */
    String summary();

    /** Tells these data from others: a training is resumed with the same only. */
    String fingerprint();

    /**
     * A picture for TensorBoard.
     *
     * @param name  "validation/" and what it shows
     * @param image the picture
     */
    record Picture(String name, Image image) {}
}
