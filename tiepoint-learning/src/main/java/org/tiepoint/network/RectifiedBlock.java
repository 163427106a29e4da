package org.tiepoint.network;

import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/** Convolution without bias, batch normalisation, ReLU: a run-time graph folds the three into one convolution. */
final class RectifiedBlock {
    private final Convolution convolution;
    private final BatchNormalisation normalisation;

    RectifiedBlock(Parameters parameters, String name, int in, int out, int kernel, int stride) {
        convolution = Convolution.ofEncoder(parameters, name + ".conv", in, out, kernel, stride);
        normalisation = new BatchNormalisation(parameters, name + ".bn", out);
    }

    Tensor apply(Tensor x, boolean batchStatistics) {
        return normalisation.apply(convolution.apply(x), batchStatistics).relu();
    }

    /** The same in a graph, by running statistics. */
    Value apply(Value x) {
        return convolution.apply(x, normalisation).relu();
    }
}
