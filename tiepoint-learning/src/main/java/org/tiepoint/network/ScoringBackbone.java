package org.tiepoint.network;

import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/** A network that describes and detects in one pass. */
public interface ScoringBackbone extends LocalBackbone {
    /**
     * What a batch shows.
     *
     * @param descriptors B x D x h x w, of any length
     * @param logits      B x 1 x H x W: how good a key point is there, as the logarithm of the odds
     */
    record Maps(Tensor descriptors, Tensor logits) {
        /** B x 1 x H x W, 0 to 1. */
        public Tensor scores() {
            return logits.sigmoid();
        }
    }

    /**
     * {@link Maps} in a graph.
     *
     * @param descriptors B x D x h x w, of any length
     * @param scores      B x 1 x H x W, 0 to 1
     */
    record Values(Value descriptors, Value scores) {}

    /**
     * Both maps of a batch.
     *
     * @param images   B x 3 x H x W, normalised by {@link ImageNormalisation}
     * @param training whether to normalise by the batch's statistics (and move the running ones)
     */
    Maps apply(Tensor images, boolean training);

    /**
     * The same in a graph, by running statistics.
     *
     * @param images B x 3 x H x W, normalised by {@link ImageNormalisation}
     */
    Values apply(Value images);

    @Override
    default Value describe(Value images) {
        return apply(images).descriptors();
    }

    @Override
    default Tensor describe(Tensor images, boolean training) {
        return apply(images, training).descriptors();
    }
}
