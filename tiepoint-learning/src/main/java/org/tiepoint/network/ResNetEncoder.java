package org.tiepoint.network;

import java.util.ArrayList;
import java.util.List;
import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Tensor;

/** A ResNet (He et al., CVPR 2016) up to its layer 3, with the parameter names of CAPS's and SCFeat's checkpoints. */
final class ResNetEncoder {
    /** Channels of {@link Maps#shallow()}. */
    static final int SHALLOW_CHANNELS = 64;

    /**
     * The encoder's maps.
     *
     * @param <T>     a tensor, or a value of a graph
     * @param shallow after the first max-pool, at 1/4 of the image size
     * @param layer1  at 1/4
     * @param layer2  at 1/8
     * @param layer3  at 1/16
     */
    record Maps<T>(T shallow, T layer1, T layer2, T layer3) {}

    private final Convolution firstConvolution;
    private final BatchNormalisation firstNormalisation;
    private final List<List<ResidualBlock>> layers = new ArrayList<>();

    ResNetEncoder(Parameters parameters, Encoder encoder) {
        firstConvolution = Convolution.ofEncoder(parameters, "firstconv", 3, SHALLOW_CHANNELS, 7, 2);
        firstNormalisation = new BatchNormalisation(parameters, "firstbn", SHALLOW_CHANNELS);
        int in = SHALLOW_CHANNELS;
        for (int layer = 1; layer <= 3; layer++) {
            List<ResidualBlock> blocks = new ArrayList<>();
            for (int i = 0; i < encoder.blocks(layer); i++) {
                int stride = i == 0 && layer > 1 ? 2 : 1;
                blocks.add(new ResidualBlock(parameters, "layer" + layer + "." + i, encoder, layer, in, stride));
                in = encoder.channels(layer);
            }
            layers.add(blocks);
        }
    }

    Maps<Tensor> apply(Tensor images, boolean batchStatistics) {
        Tensor shallow = firstNormalisation.apply(firstConvolution.apply(images), batchStatistics).relu()
                .maxPool(3, 2, 1);
        Tensor x = shallow;
        Tensor[] maps = new Tensor[3];
        for (int layer = 0; layer < 3; layer++) {
            for (ResidualBlock block : layers.get(layer)) {
                x = block.apply(x, batchStatistics);
            }
            maps[layer] = x;
        }
        return new Maps<>(shallow, maps[0], maps[1], maps[2]);
    }

    /** The same in a graph, by running statistics. */
    Maps<Value> apply(Value images) {
        Value shallow = firstConvolution.apply(images, firstNormalisation).relu().maxPool(3, 2, 1);
        Value x = shallow;
        Value[] maps = new Value[3];
        for (int layer = 0; layer < 3; layer++) {
            for (ResidualBlock block : layers.get(layer)) {
                x = block.apply(x);
            }
            maps[layer] = x;
        }
        return new Maps<>(shallow, maps[0], maps[1], maps[2]);
    }
}
