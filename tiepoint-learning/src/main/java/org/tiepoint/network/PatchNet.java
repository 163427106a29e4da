package org.tiepoint.network;

import java.util.ArrayList;
import java.util.List;
import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/**
 * R2D2's descriptor network (Revaud et al., "R2D2: Repeatable and Reliable Detector and Descriptor", NeurIPS 2019) as
 * HNDesc uses it: six 3x3 and three 2x2 convolutions at full resolution, where each stride is replaced by a doubled
 * dilation of the convolutions after it; batch normalisation without weight and bias after all but the last; ReLU after
 * the 3x3 ones and after the last; descriptors of length 1 at every pixel. The dilated 2x2 convolutions see pixels
 * around a position evenly, so the map is neither shifted nor smaller. The last ReLU is HNDesc's own, R2D2 has none:
 * similarities fill the range [0, 1] that the loss quantises.
 *
 * <p>Parameter names are those of the released checkpoints. Departures: the widths are options, for machines without a
 * GPU; R2D2's two confidence maps, which HNDesc does not train, are left out.
 */
public final class PatchNet implements LocalBackbone {

    /**
     * What the network is made of.
     *
     * @param dimension numbers a descriptor, 1 to 1024; 128 in HNDesc
     * @param width     channels of the first two convolutions, 1 to 256; the next two have 2, the others 4 times as
     *                  many; 32 in HNDesc
     */
    public record Options(int dimension, int width) {
        public Options {
            if (dimension < 1 || dimension > 1024) {
                throw new IllegalArgumentException("dimension is " + dimension + ": it must be 1 to 1024");
            }
            if (width < 1 || width > 256) {
                throw new IllegalArgumentException("width is " + width + ": it must be 1 to 256");
            }
        }

        /** The released network's. */
        public static Options defaults() {
            return new Options(128, 32);
        }
    }

    /** By which the dilation grows after each convolution. */
    private static final int[] STRIDES = {1, 1, 2, 1, 2, 1, 2, 2, 2};
    /** The first so many are 3x3, the others 2x2. */
    private static final int WIDE_LAYERS = 6;
    private static final double MOMENTUM = 0.1;

    /** A convolution with what follows it: running mean and variance, or no normalisation; ReLU or none. */
    private record Layer(Convolution convolution, List<Tensor> statistics, boolean rectified) {}

    private final Options options;
    private final Parameters parameters;
    private final List<Layer> layers = new ArrayList<>();

    /** A network with initial values that follow from the seed. */
    public PatchNet(Options options, long seed, Device device) {
        this.options = options;
        parameters = new Parameters(seed, device);
        int width = options.width();
        int[] channels = {3, width, width, 2 * width, 2 * width, 4 * width, 4 * width, 4 * width, 4 * width,
            options.dimension()};
        int dilation = 1;
        int place = 0;
        for (int i = 0; i < STRIDES.length; i++) {
            int out = channels[i + 1];
            boolean last = i == STRIDES.length - 1;
            boolean wide = i < WIDE_LAYERS;
            boolean rectified = wide || last;
            Convolution convolution = Convolution.dilated(parameters, "ops." + place++, channels[i], out,
                    wide ? 3 : 2, dilation);
            layers.add(new Layer(convolution, last ? List.of() : statistics("ops." + place++, out), rectified));
            place += rectified ? 1 : 0;
            dilation *= STRIDES[i];
        }
    }

    private List<Tensor> statistics(String name, int channels) {
        return List.of(parameters.buffer(name + ".running_mean", 0, channels),
                parameters.buffer(name + ".running_var", 1, channels));
    }

    public Options options() {
        return options;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public int dimension() {
        return options.dimension();
    }

    @Override
    public int stride() {
        return 1;
    }

    /** A position of the map is a pixel: with aligned corners points are sampled where they are. */
    @Override
    public boolean cornersAligned() {
        return true;
    }

    /** Descriptors of length 1: B x D x H x W, of the image's size. */
    @Override
    public Tensor describe(Tensor images, boolean training) {
        Tensor x = images;
        for (Layer layer : layers) {
            x = layer.convolution().apply(x);
            if (!layer.statistics().isEmpty()) {
                x = x.normaliseBatch(layer.statistics().get(0), layer.statistics().get(1), training, MOMENTUM,
                        BatchNormalisation.EPSILON);
            }
            if (layer.rectified()) {
                x = x.relu();
            }
        }
        return x.normalised(1);
    }

    @Override
    public Value describe(Value images) {
        Value x = images;
        for (Layer layer : layers) {
            x = layer.statistics().isEmpty() ? layer.convolution().apply(x)
                    : layer.convolution().apply(x, ChannelScaling.byStatistics(layer.statistics().get(0),
                            layer.statistics().get(1), BatchNormalisation.EPSILON));
            if (layer.rectified()) {
                x = x.relu();
            }
        }
        return x.normalised(1);
    }

    /** The descriptor map, which has no negative values. */
    @Override
    public Tensor overview(Tensor images) {
        return describe(images, false);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
