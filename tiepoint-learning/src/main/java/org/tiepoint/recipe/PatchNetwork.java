package org.tiepoint.recipe;

import org.tiepoint.network.PatchNet;
import org.tiepoint.tensor.Device;

/**
 * R2D2's network, as HNDesc uses it: a descriptor at every pixel.
 *
 * @param backbone  patch
 * @param dimension numbers a descriptor; 128 in HNDesc
 * @param width     channels of the first convolutions; 32 in HNDesc
 */
public record PatchNetwork(Backbone backbone, int dimension, int width) implements LocalNetwork {
    /** The only one. */
    public enum Backbone { PATCH }

    public PatchNetwork {
        new PatchNet.Options(dimension, width);
    }

    @Override
    public PatchNet create(long seed, Device device) {
        return new PatchNet(new PatchNet.Options(dimension, width), seed, device);
    }

    @Override
    public int multiple() {
        return 1;
    }

    @Override
    public String summary() {
        return "patch network";
    }
}
