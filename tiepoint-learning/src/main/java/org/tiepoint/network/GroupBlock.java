package org.tiepoint.network;

import java.util.Optional;
import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/** Convolution with bias, group normalisation in 32 groups, ELU: the unit of SCFeat's decoder. */
final class GroupBlock {
    /** Output channels are multiples of it. */
    static final int GROUPS = 32;
    private static final double EPSILON = 1e-5;

    private final Convolution convolution;
    private final Tensor weight;
    private final Tensor bias;

    GroupBlock(Parameters parameters, String name, int in, int out, int kernel) {
        convolution = Convolution.withBias(parameters, name + ".conv", in, out, kernel, 1);
        weight = parameters.constant(name + ".gn.weight", 1, out);
        bias = parameters.constant(name + ".gn.bias", 0, out);
    }

    Tensor apply(Tensor x) {
        return convolution.apply(x).normaliseGroups(GROUPS, Optional.of(weight), Optional.of(bias), EPSILON).elu();
    }

    /** The same in a graph. */
    Value apply(Value x) {
        return convolution.apply(x).normaliseGroups(GROUPS, EPSILON).mul(perChannel(x, "scale", weight))
                .add(perChannel(x, "shift", bias)).elu();
    }

    private static Value perChannel(Value x, String name, Tensor values) {
        return x.graph().constant(name, values.toFloats(), 1, values.size(0), 1, 1);
    }
}
