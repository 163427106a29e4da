package org.tiepoint.network;

import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/** A descriptor network that a detector can be trained on: SCFeat's, or PoSFeat's, which is CAPS's fine map. */
public interface FeatureBackbone extends LocalBackbone {
    /** Channels of {@link FeatureMaps#shallow()}. */
    int SHALLOW_CHANNELS = ResNetEncoder.SHALLOW_CHANNELS;

    /**
     * The maps of a batch.
     *
     * @param images   B x 3 x H x W, normalised by {@link ImageNormalisation}
     * @param training whether to normalise by the batch's statistics (and move the running ones)
     */
    FeatureMaps features(Tensor images, boolean training);

    /**
     * The same in a graph, by running statistics.
     *
     * @param images B x 3 x H x W, normalised by {@link ImageNormalisation}
     */
    FeatureValues features(Value images);

    @Override
    default Value describe(Value images) {
        return features(images).descriptors();
    }
}
