package org.tiepoint.network;

import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/** Convolution with bias, batch normalisation, ELU: the decoder's unit. */
final class ConvolutionBlock {
    private final Convolution convolution;
    private final BatchNormalisation normalisation;

    ConvolutionBlock(Parameters parameters, String name, int in, int out, int kernel) {
        convolution = Convolution.withBias(parameters, name + ".conv", in, out, kernel, 1);
        normalisation = new BatchNormalisation(parameters, name + ".bn", out);
    }

    Tensor apply(Tensor x, boolean batchStatistics) {
        return normalisation.apply(convolution.apply(x), batchStatistics).elu();
    }

    /** The same in a graph, by running statistics. */
    Value apply(Value x) {
        return convolution.apply(x, normalisation).elu();
    }
}
