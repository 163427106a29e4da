package org.tiepoint.network;

import org.tiepoint.tensor.Tensor;

/** Batch normalisation over channels with PyTorch's constants: momentum 0.1, epsilon 1e-5. */
public final class BatchNormalisation {
    /** Added to the variance. */
    public static final double EPSILON = 1e-5;
    private static final double MOMENTUM = 0.1;

    private final Tensor weight;
    private final Tensor bias;
    private final Tensor runningMean;
    private final Tensor runningVariance;

    BatchNormalisation(Parameters parameters, String name, int channels) {
        weight = parameters.constant(name + ".weight", 1, channels);
        bias = parameters.constant(name + ".bias", 0, channels);
        runningMean = parameters.buffer(name + ".running_mean", 0, channels);
        runningVariance = parameters.buffer(name + ".running_var", 1, channels);
    }

    Tensor apply(Tensor x, boolean batchStatistics) {
        return x.normaliseBatch(weight, bias, runningMean, runningVariance, batchStatistics, MOMENTUM, EPSILON);
    }

    /** What it comes to by the running statistics. */
    ChannelScaling scaling() {
        return ChannelScaling.byStatistics(runningMean, runningVariance, EPSILON).then(weight, bias);
    }
}
