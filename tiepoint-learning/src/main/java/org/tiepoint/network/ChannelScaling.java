package org.tiepoint.network;

import java.util.Arrays;
import org.tiepoint.tensor.Tensor;

/**
 * x * factor + offset for each channel: what batch normalisation by running statistics comes to, and what a convolution
 * before it can take over.
 */
record ChannelScaling(double[] factor, double[] offset) {
    /** Leaves channels as they are. */
    static ChannelScaling none(int channels) {
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        return new ChannelScaling(ones, new double[channels]);
    }

    /** (x - mean) / sqrt(variance + epsilon). */
    static ChannelScaling byStatistics(Tensor mean, Tensor variance, double epsilon) {
        double[] factor = variance.toDoubles();
        double[] offset = mean.toDoubles();
        for (int i = 0; i < factor.length; i++) {
            factor[i] = 1 / Math.sqrt(factor[i] + epsilon);
            offset[i] *= -factor[i];
        }
        return new ChannelScaling(factor, offset);
    }

    /** This, then times weight plus bias. */
    ChannelScaling then(Tensor weight, Tensor bias) {
        double[] scaled = weight.toDoubles();
        double[] moved = bias.toDoubles();
        for (int i = 0; i < scaled.length; i++) {
            moved[i] += offset[i] * scaled[i];
            scaled[i] *= factor[i];
        }
        return new ChannelScaling(scaled, moved);
    }
}
