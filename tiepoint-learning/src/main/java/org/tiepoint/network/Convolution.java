package org.tiepoint.network;

import java.util.Optional;
import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/** A square convolution that keeps the size but for its stride. */
public final class Convolution {
    private final Tensor weight;
    private final Optional<Tensor> bias;
    private final int stride;
    private final int padding;
    private final int dilation;

    private Convolution(Tensor weight, Optional<Tensor> bias, int stride, int padding, int dilation) {
        this.weight = weight;
        this.bias = bias;
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
    }

    /** Without bias, initialised as torchvision's ResNets are (He et al. 2015, by fan-out). */
    static Convolution ofEncoder(Parameters parameters, String name, int in, int out, int kernel, int stride) {
        double deviation = Math.sqrt(2.0 / (out * kernel * kernel));
        return new Convolution(parameters.normal(name + ".weight", deviation, out, in, kernel, kernel),
                Optional.empty(), stride, (kernel - 1) / 2, 1);
    }

    /** With bias, initialised as PyTorch does by default: evenly within 1 / sqrt(fan-in). */
    public static Convolution withBias(Parameters parameters, String name, int in, int out, int kernel, int stride) {
        return withBias(parameters, name, in, out, kernel, stride, 1);
    }

    /** As {@link #withBias}, at full resolution, with taps that are {@code dilation} pixels apart. */
    static Convolution dilated(Parameters parameters, String name, int in, int out, int kernel, int dilation) {
        return withBias(parameters, name, in, out, kernel, 1, dilation);
    }

    private static Convolution withBias(Parameters parameters, String name, int in, int out, int kernel, int stride,
            int dilation) {
        double bound = 1 / Math.sqrt(in * kernel * kernel);
        return new Convolution(parameters.uniform(name + ".weight", bound, out, in, kernel, kernel),
                Optional.of(parameters.uniform(name + ".bias", bound, out)), stride, (kernel - 1) * dilation / 2,
                dilation);
    }

    /** The convolution of B x in x H x W. */
    public Tensor apply(Tensor x) {
        return x.convolve(weight, bias, stride, padding, dilation);
    }

    /** The same in a graph. */
    public Value apply(Value x) {
        return apply(x, ChannelScaling.none((int) weight.size(0)));
    }

    /** With a batch normalisation after it, in one node. */
    Value apply(Value x, BatchNormalisation normalisation) {
        return apply(x, normalisation.scaling());
    }

    /** With a scaling of its output's channels, which its weights take over. */
    Value apply(Value x, ChannelScaling scaling) {
        float[] scaled = weight.toFloats();
        int out = (int) weight.size(0);
        int perOut = scaled.length / out;
        float[] biases = bias.map(Tensor::toFloats).orElseGet(() -> new float[out]);
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (scaled[i] * scaling.factor()[i / perOut]);
        }
        for (int i = 0; i < out; i++) {
            biases[i] = (float) (biases[i] * scaling.factor()[i] + scaling.offset()[i]);
        }
        return x.convolve(x.graph().constant("weight", scaled, weight.shape()),
                x.graph().constant("bias", biases, out), (int) weight.size(2), stride, padding, dilation);
    }
}
