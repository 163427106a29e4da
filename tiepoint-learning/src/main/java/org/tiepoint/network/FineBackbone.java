package org.tiepoint.network;

import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/**
 * The fine map of a {@link ResUNet} alone: HNDesc's backbone "caps" (Melekhov et al., "Digging Into Self-Supervised
 * Learning of Feature Descriptors", 3DV 2021) and PoSFeat's (Li et al., CVPR 2022). Sampled with corners not aligned,
 * as the released code of both does. The coarse head keeps its initial values: it gets no gradient and no image passes
 * it.
 */
public final class FineBackbone implements FeatureBackbone {
    private final ResUNet network;

    /** Takes over the network and closes it in the end. */
    public FineBackbone(ResUNet network) {
        this.network = network;
    }

    /** A network with initial values that follow from the seed. */
    public FineBackbone(ResUNet.Options options, long seed, Device device) {
        this(new ResUNet(options, seed, device));
    }

    /** The whole network. */
    public ResUNet network() {
        return network;
    }

    @Override
    public Parameters parameters() {
        return network.parameters();
    }

    @Override
    public int dimension() {
        return network.options().fineDimension();
    }

    @Override
    public int stride() {
        return 4;
    }

    @Override
    public boolean cornersAligned() {
        return false;
    }

    @Override
    public Tensor describe(Tensor images, boolean training) {
        return network.applyFine(images, training);
    }

    @Override
    public FeatureMaps features(Tensor images, boolean training) {
        return network.applyFeatures(images, training);
    }

    @Override
    public FeatureValues features(Value images) {
        return network.applyFeatures(images);
    }

    /** The encoder's last map. */
    @Override
    public Tensor overview(Tensor images) {
        return network.encode(images);
    }

    @Override
    public void close() {
        network.close();
    }
}
