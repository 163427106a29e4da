package org.tiepoint.network;

import java.util.Optional;
import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/**
 * SCFeat's coupling-bridge ("cross") normalisation: a P(x) + b C(x) with learned a and b, divided by their sum. P
 * normalises over the channels at each position (unbiased variance), then scales and shifts by two 7x7 convolutions of
 * the channel mean; C normalises each channel over the positions (biased variance).
 */
final class CouplingBridge {
    private static final double EPSILON = 1e-5;
    private static final double POSITION_SHARE = 0.7;
    private static final double CHANNEL_SHARE = 0.3;

    private final Tensor positionShare;
    private final Tensor channelShare;
    private final Convolution scale;
    private final Convolution shift;

    CouplingBridge(Parameters parameters) {
        positionShare = parameters.constant("fuse_weight_fusion_1", POSITION_SHARE, 1);
        channelShare = parameters.constant("fuse_weight_fusion_2", CHANNEL_SHARE, 1);
        scale = Convolution.withBias(parameters, "fusion_pn.conv1", 1, 1, 7, 1);
        shift = Convolution.withBias(parameters, "fusion_pn.conv2", 1, 1, 7, 1);
    }

    Tensor apply(Tensor x) {
        Tensor sum = positionShare.add(channelShare);
        return overChannels(x).mul(positionShare.div(sum)).add(overPositions(x).mul(channelShare.div(sum)));
    }

    /**
     * The same in a graph.
     *
     * @param channels of x
     */
    Value apply(Value x, int channels) {
        double position = positionShare.item();
        double channel = channelShare.item();
        return overChannels(x, channels).mul(position / (position + channel))
                .add(x.normaliseInstances(channels, EPSILON).mul(channel / (position + channel)));
    }

    private Value overChannels(Value x, int channels) {
        Value mean = x.mean(1);
        Value centred = x.sub(mean);
        // unbiased: the mean of the squares is over one channel more
        Value variance = centred.square().mean(1).mul((double) channels / (channels - 1));
        return centred.div(variance.add(EPSILON).sqrt()).mul(scale.apply(mean)).add(shift.apply(mean));
    }

    private Tensor overChannels(Tensor x) {
        Tensor mean = x.mean(1).unsqueeze(1);
        Tensor centred = x.sub(mean);
        Tensor variance = centred.square().sum(1).unsqueeze(1).mul(1.0 / (x.size(1) - 1));
        return centred.div(variance.add(EPSILON).sqrt()).mul(scale.apply(mean)).add(shift.apply(mean));
    }

    private static Tensor overPositions(Tensor x) {
        return x.normaliseGroups((int) x.size(1), Optional.empty(), Optional.empty(), EPSILON);
    }
}
