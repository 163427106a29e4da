package org.tiepoint.network;

import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/**
 * The descriptor network of SCFeat (Sun, Zhu and Ji, "Shared Coupling-bridge for Weakly Supervised Local Feature
 * Learning", 2022), its F2R backbone: a ResNet up to layer 3, a U-Net decoder with group normalisation, side outputs at
 * 1/4, 1/8 and 1/16 fused into one map at 1/4, and the coupling-bridge normalisation of that map.
 *
 * <p>Parameter names are those of the released code. The encoder keeps its batch normalisation there, and so here: a
 * file of an image classifier fits it as it fits CAPS's encoder, and one whose batch normalisation is folded into the
 * convolutions needs frozen statistics all the same ({@code org.tiepoint.checkpoint.EncoderWeights}). The decoder's
 * group normalisation has no counterpart in such files and starts from 1 and 0.
 *
 * <p>Departs from the released code in that the decoder's widths and every ResNet are options (there the third side
 * output takes 1024 channels, which a ResNet-18 does not have). As there, sides that are no multiples of 16 give
 * {@link FusionMaps} of unequal sizes: a detector needs padded images.
 *
 * <p>Owns its parameters until {@link #close()}. Not for use by several threads at once.
 */
public final class FusionNetwork implements FeatureBackbone {

    /**
     * What the network is made of; all widths are multiples of 32.
     *
     * @param encoder                 the ResNet
     * @param dimension               numbers a descriptor, 32 to 1024; 128 in SCFeat
     * @param decoderWidth8           decoder channels at 1/8 of the image size, 32 to 1024; 512 in SCFeat
     * @param decoderWidth4           decoder channels at 1/4 of the image size, 32 to 1024; 256 in SCFeat
     * @param freezeEncoderStatistics whether the encoder normalises by its running statistics in training too
     */
    public record Options(Encoder encoder, int dimension, int decoderWidth8, int decoderWidth4,
            boolean freezeEncoderStatistics) {
        public Options {
            requireWidth("dimension", dimension);
            requireWidth("decoderWidth8", decoderWidth8);
            requireWidth("decoderWidth4", decoderWidth4);
        }

        /** The paper's: ResNet-50, 128 numbers. */
        public static Options defaults() {
            return new Options(Encoder.RESNET50, 128, 512, 256, false);
        }

        private static void requireWidth(String name, int value) {
            if (value < GroupBlock.GROUPS || value > 1024 || value % GroupBlock.GROUPS != 0) {
                throw new IllegalArgumentException(name + " is " + value + ": it must be a multiple of "
                        + GroupBlock.GROUPS + ", " + GroupBlock.GROUPS + " to 1024");
            }
        }
    }

    private final Options options;
    private final Parameters parameters;
    private final ResNetEncoder encoding;
    private final GroupBlock up3;
    private final GroupBlock join3;
    private final GroupBlock up2;
    private final GroupBlock join2;
    private final GroupBlock side3;
    private final GroupBlock side2;
    private final GroupBlock side1;
    private final Convolution fusion;
    private final CouplingBridge bridge;

    /** A network with initial values that follow from the seed. */
    public FusionNetwork(Options options, long seed, Device device) {
        this.options = options;
        Encoder encoder = options.encoder();
        int deep = encoder.channels(3);
        int width8 = options.decoderWidth8();
        int width4 = options.decoderWidth4();
        int dimension = options.dimension();
        parameters = new Parameters(seed, device);
        encoding = new ResNetEncoder(parameters, encoder);
        up3 = new GroupBlock(parameters, "upconv3.conv", deep, width8, 3);
        join3 = new GroupBlock(parameters, "iconv3", encoder.channels(2) + width8, width8, 3);
        up2 = new GroupBlock(parameters, "upconv2.conv", width8, width4, 3);
        join2 = new GroupBlock(parameters, "iconv2", encoder.channels(1) + width4, width4, 3);
        side3 = new GroupBlock(parameters, "side3.conv", deep, dimension, 3);
        side2 = new GroupBlock(parameters, "side2.conv", width8, dimension, 3);
        side1 = new GroupBlock(parameters, "side1", width4, dimension, 1);
        fusion = Convolution.withBias(parameters, "fusion_conv", 3 * dimension, dimension, 1, 1);
        bridge = new CouplingBridge(parameters);
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
        return 4;
    }

    @Override
    public boolean cornersAligned() {
        return false;
    }

    @Override
    public Tensor describe(Tensor images, boolean training) {
        return apply(images, training).descriptors();
    }

    @Override
    public FeatureMaps features(Tensor images, boolean training) {
        FusionMaps maps = apply(images, training);
        return new FeatureMaps(maps.descriptors(), maps.shallow());
    }

    /**
     * Maps of a batch.
     *
     * @param images   B x 3 x H x W, normalised by {@link ImageNormalisation}; sides of at least 16, of any parity
     * @param training whether the encoder normalises by the batch's statistics (and moves the running ones), unless
     *                 they are frozen
     */
    public FusionMaps apply(Tensor images, boolean training) {
        ResNetEncoder.Maps<Tensor> maps = encoding.apply(images, training && !options.freezeEncoderStatistics());
        Tensor at8 = join3.apply(ResUNet.join(maps.layer2(), up3.apply(ResUNet.twice(maps.layer3()))));
        Tensor at4 = join2.apply(ResUNet.join(maps.layer1(), up2.apply(ResUNet.twice(at8))));
        long height = at4.size(2);
        long width = at4.size(3);
        Tensor sides = Tensor.concatenate(1, side1.apply(at4), side2.apply(at8.resizeBilinear(height, width, false)),
                side3.apply(maps.layer3().resizeBilinear(height, width, false)));
        Tensor fused = fusion.apply(sides);
        return new FusionMaps(bridge.apply(fused), fused, maps.layer3(), maps.shallow());
    }

    @Override
    public FeatureValues features(Value images) {
        ResNetEncoder.Maps<Value> maps = encoding.apply(images);
        Value at8 = join3.apply(ResUNet.join(maps.layer2(), up3.apply(maps.layer3().twice())));
        Value at4 = join2.apply(ResUNet.join(maps.layer1(), up2.apply(at8.twice())));
        Value sides = at4.sides();
        Value fused = fusion.apply(Value.concatenate(1, side1.apply(at4), side2.apply(at8.resize(sides)),
                side3.apply(maps.layer3().resize(sides))));
        return new FeatureValues(bridge.apply(fused, dimension()), maps.shallow());
    }

    /** The encoder's last map. */
    @Override
    public Tensor overview(Tensor images) {
        return encoding.apply(images, false).layer3();
    }

    @Override
    public void close() {
        parameters.close();
    }
}
