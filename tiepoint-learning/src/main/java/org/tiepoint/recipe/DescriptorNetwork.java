package org.tiepoint.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Locale;
import org.tiepoint.network.Encoder;
import org.tiepoint.network.FeatureBackbone;
import org.tiepoint.network.FineBackbone;
import org.tiepoint.network.FusionNetwork;
import org.tiepoint.network.ResUNet;
import org.tiepoint.tensor.Device;

/**
 * A network with one descriptor map, at a quarter of the image size.
 *
 * @param backbone                fusion (SCFeat's) or fine (CAPS's without its coarse map: PoSFeat's and HNDesc's)
 * @param encoder                 the ResNet
 * @param dimension               numbers a descriptor; 128 in the papers; a multiple of 32 with fusion
 * @param decoderWidth8           decoder channels at 1/8 of the image size; 512; a multiple of 32 with fusion
 * @param decoderWidth4           decoder channels at 1/4 of the image size; 256; a multiple of 32 with fusion
 * @param freezeEncoderStatistics whether the encoder normalises by its running statistics in training too
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
public record DescriptorNetwork(Backbone backbone, Encoder encoder, int dimension, int decoderWidth8,
        int decoderWidth4, boolean freezeEncoderStatistics) implements LocalNetwork {
    /** The shape around the encoder. */
    public enum Backbone { FUSION, FINE }

    public DescriptorNetwork {
        if (backbone == Backbone.FUSION) {
            new FusionNetwork.Options(encoder, dimension, decoderWidth8, decoderWidth4, freezeEncoderStatistics);
        } else {
            new ResUNet.Options(encoder, dimension, dimension, decoderWidth8, decoderWidth4, freezeEncoderStatistics);
        }
    }

    @Override
    public FeatureBackbone create(long seed, Device device) {
        return switch (backbone) {
            case FUSION -> new FusionNetwork(new FusionNetwork.Options(encoder, dimension, decoderWidth8,
                    decoderWidth4, freezeEncoderStatistics), seed, device);
            case FINE -> new FineBackbone(new ResUNet.Options(encoder, dimension, dimension, decoderWidth8,
                    decoderWidth4, freezeEncoderStatistics), seed, device);
        };
    }

    @Override
    public int multiple() {
        return 16;
    }

    @Override
    public String summary() {
        return encoder.name().toLowerCase(Locale.ROOT);
    }
}
