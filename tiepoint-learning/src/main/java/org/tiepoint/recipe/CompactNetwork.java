package org.tiepoint.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.tiepoint.network.CompactNet;
import org.tiepoint.tensor.Device;

/**
 * The small network that detects and describes in one pass.
 *
 * @param backbone  compact
 * @param dimension numbers a descriptor
 * @param width     channels at half the image's size; twice as many at 1/4, four times from 1/8 on
 * @param depth     convolutions at 1/8 of the image's size
 * @param stride    pixels a position of the descriptor map: 4 or 8
 */
public record CompactNetwork(Backbone backbone, int dimension, int width, int depth, int stride)
        implements LocalNetwork {
    /** The only one. */
    public enum Backbone {
        /** {@link CompactNet}. */
        @JsonProperty("compact") COMPACT
    }

    public CompactNetwork {
        new CompactNet.Options(dimension, width, depth, stride);
    }

    @Override
    public CompactNet create(long seed, Device device) {
        return new CompactNet(new CompactNet.Options(dimension, width, depth, stride), seed, device);
    }

    @Override
    public int multiple() {
        return CompactNet.MULTIPLE;
    }

    @Override
    public String summary() {
        return "compact network";
    }
}
