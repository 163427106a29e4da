package org.tiepoint.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/** One residual block of a ResNet, basic or bottleneck, in torchvision's form (the stride is on the 3x3). */
final class ResidualBlock {
    private final List<Convolution> convolutions = new ArrayList<>();
    private final List<BatchNormalisation> normalisations = new ArrayList<>();
    private final Optional<Convolution> projection;
    private final Optional<BatchNormalisation> projectionNormalisation;

    ResidualBlock(Parameters parameters, String name, Encoder encoder, int layer, int in, int stride) {
        int width = encoder.width(layer);
        int out = encoder.channels(layer);
        if (encoder.bottleneck()) {
            add(parameters, name, in, width, 1, 1);
            add(parameters, name, width, width, 3, stride);
            add(parameters, name, width, out, 1, 1);
        } else {
            add(parameters, name, in, out, 3, stride);
            add(parameters, name, out, out, 3, 1);
        }
        boolean project = stride != 1 || in != out;
        projection = project
                ? Optional.of(Convolution.ofEncoder(parameters, name + ".downsample.0", in, out, 1, stride))
                : Optional.empty();
        projectionNormalisation = project
                ? Optional.of(new BatchNormalisation(parameters, name + ".downsample.1", out))
                : Optional.empty();
    }

    private void add(Parameters parameters, String name, int in, int out, int kernel, int stride) {
        int number = convolutions.size() + 1;
        convolutions.add(Convolution.ofEncoder(parameters, name + ".conv" + number, in, out, kernel, stride));
        normalisations.add(new BatchNormalisation(parameters, name + ".bn" + number, out));
    }

    Tensor apply(Tensor x, boolean batchStatistics) {
        Tensor y = x;
        for (int i = 0; i < convolutions.size(); i++) {
            y = normalisations.get(i).apply(convolutions.get(i).apply(y), batchStatistics);
            if (i < convolutions.size() - 1) {
                y = y.relu();
            }
        }
        Tensor shortcut = x;
        if (projection.isPresent()) {
            shortcut = projectionNormalisation.get().apply(projection.get().apply(x), batchStatistics);
        }
        return y.add(shortcut).relu();
    }

    /** The same in a graph, by running statistics. */
    Value apply(Value x) {
        Value y = x;
        for (int i = 0; i < convolutions.size(); i++) {
            y = convolutions.get(i).apply(y, normalisations.get(i));
            if (i < convolutions.size() - 1) {
                y = y.relu();
            }
        }
        Value shortcut = projection.isPresent()
                ? projection.get().apply(x, projectionNormalisation.orElseThrow()) : x;
        return y.add(shortcut).relu();
    }
}
