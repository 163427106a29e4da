package org.tiepoint.network;

import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/**
 * The CAPS backbone (Wang, Zhou, Hariharan and Snavely, "Learning Feature Descriptors using Camera Pose Supervision",
 * ECCV 2020): a ResNet up to layer 3, coarse descriptors from its last map, a U-Net decoder for the fine ones.
 *
 * <p>Parameter names are those of the released checkpoints. Departures: the paper's encoder ends after layer 3 with 1024
 * channels as here; the decoder's widths, fixed at 512 and 256 in the released code, are options, for machines without
 * a GPU; the encoder's batch statistics can be frozen, for small batches and for encoder files whose normalisation is
 * folded into the convolutions. As in the released code, a side that is no multiple of 16 gives a fine map of more than
 * a quarter of it: where positions matter, pad images to multiples of 16.
 *
 * <p>Owns its parameters until {@link #close()}. Not for use by several threads at once.
 */
public final class ResUNet implements AutoCloseable {

    /**
     * What the network is made of.
     *
     * @param encoder         the ResNet
     * @param coarseDimension numbers a coarse descriptor, 1 to 1024
     * @param fineDimension   numbers a fine descriptor, 1 to 1024
     * @param decoderWidth8   decoder channels at 1/8 of the image size; 512 in CAPS
     * @param decoderWidth4   decoder channels at 1/4 of the image size; 256 in CAPS
     * @param freezeEncoderStatistics whether the encoder normalises by its running statistics in training too
     */
    public record Options(Encoder encoder, int coarseDimension, int fineDimension, int decoderWidth8,
            int decoderWidth4, boolean freezeEncoderStatistics) {
        public Options {
            requireWidth("coarseDimension", coarseDimension);
            requireWidth("fineDimension", fineDimension);
            requireWidth("decoderWidth8", decoderWidth8);
            requireWidth("decoderWidth4", decoderWidth4);
        }

        /** The paper's: ResNet-50, 128 + 128 numbers. */
        public static Options defaults() {
            return new Options(Encoder.RESNET50, 128, 128, 512, 256, false);
        }

        private static void requireWidth(String name, int value) {
            if (value < 1 || value > 1024) {
                throw new IllegalArgumentException(name + " is " + value + ": it must be 1 to 1024");
            }
        }
    }

    /** The smallest image side that gives every map at least one position. */
    public static final int MINIMUM_SIDE = 16;

    private final Options options;
    private final Parameters parameters;
    private final ResNetEncoder encoding;
    private final ConvolutionBlock coarse;
    private final ConvolutionBlock up3;
    private final ConvolutionBlock join3;
    private final ConvolutionBlock up2;
    private final ConvolutionBlock join2;
    private final ConvolutionBlock fine;

    /** A network with initial values that follow from the seed. */
    public ResUNet(Options options, long seed, Device device) {
        this.options = options;
        Encoder encoder = options.encoder();
        parameters = new Parameters(seed, device);
        encoding = new ResNetEncoder(parameters, encoder);
        int in = encoder.channels(3);
        int width8 = options.decoderWidth8();
        int width4 = options.decoderWidth4();
        coarse = new ConvolutionBlock(parameters, "conv_coarse", in, options.coarseDimension(), 1);
        up3 = new ConvolutionBlock(parameters, "upconv3.conv", in, width8, 3);
        join3 = new ConvolutionBlock(parameters, "iconv3", encoder.channels(2) + width8, width8, 3);
        up2 = new ConvolutionBlock(parameters, "upconv2.conv", width8, width4, 3);
        join2 = new ConvolutionBlock(parameters, "iconv2", encoder.channels(1) + width4, width4, 3);
        fine = new ConvolutionBlock(parameters, "conv_fine", width4, options.fineDimension(), 1);
    }

    public Options options() {
        return options;
    }

    public Parameters parameters() {
        return parameters;
    }

    /** Whether a parameter of this name belongs to the encoder. */
    public static boolean isEncoder(String parameter) {
        return parameter.startsWith("first") || parameter.startsWith("layer");
    }

    /** Numbers a descriptor: coarse and fine together. */
    public int dimension() {
        return options.coarseDimension() + options.fineDimension();
    }

    /**
     * Descriptor maps of a batch.
     *
     * @param images   B x 3 x H x W, normalised by {@link ImageNormalisation}; sides of at least 16, of any parity
     * @param training whether to normalise by the batch's statistics (and move the running ones)
     */
    public DescriptorMaps apply(Tensor images, boolean training) {
        ResNetEncoder.Maps<Tensor> maps = encode(images, training);
        return new DescriptorMaps(coarse.apply(maps.layer3(), training), decode(maps, training));
    }

    /** The fine map of {@link #apply} alone. */
    public Tensor applyFine(Tensor images, boolean training) {
        return decode(encode(images, training), training);
    }

    /** The fine map and the encoder's shallow map, for a detector. */
    public FeatureMaps applyFeatures(Tensor images, boolean training) {
        ResNetEncoder.Maps<Tensor> maps = encode(images, training);
        return new FeatureMaps(decode(maps, training), maps.shallow());
    }

    private ResNetEncoder.Maps<Tensor> encode(Tensor images, boolean training) {
        return encoding.apply(images, training && !options.freezeEncoderStatistics());
    }

    /** The fine map. */
    private Tensor decode(ResNetEncoder.Maps<Tensor> maps, boolean training) {
        Tensor x = join3.apply(join(maps.layer2(), up3.apply(twice(maps.layer3()), training)), training);
        x = join2.apply(join(maps.layer1(), up2.apply(twice(x), training)), training);
        return fine.apply(x, training);
    }

    /** The encoder's last map of a batch, by its running statistics: B x channels x H/16 x W/16. */
    public Tensor encode(Tensor images) {
        return encoding.apply(images, false).layer3();
    }

    /** The coarse descriptor map alone, by running statistics. */
    public Tensor encodeCoarse(Tensor images) {
        return coarse.apply(encode(images), false);
    }

    /**
     * {@link #apply} in a graph, by running statistics.
     *
     * @param images B x 3 x H x W, normalised by {@link ImageNormalisation}
     */
    public MapValues apply(Value images) {
        ResNetEncoder.Maps<Value> maps = encoding.apply(images);
        return new MapValues(coarse.apply(maps.layer3()), decode(maps));
    }

    /** {@link #applyFeatures} in a graph, by running statistics. */
    public FeatureValues applyFeatures(Value images) {
        ResNetEncoder.Maps<Value> maps = encoding.apply(images);
        return new FeatureValues(decode(maps), maps.shallow());
    }

    private Value decode(ResNetEncoder.Maps<Value> maps) {
        Value x = join3.apply(join(maps.layer2(), up3.apply(maps.layer3().twice())));
        x = join2.apply(join(maps.layer1(), up2.apply(x.twice())));
        return fine.apply(x);
    }

    @Override
    public void close() {
        parameters.close();
    }

    static Tensor twice(Tensor x) {
        return x.resizeBilinear(2 * x.size(2), 2 * x.size(3), true);
    }

    /** The upsampled map, then the skip map padded (or cropped) to its size, as in the released code. */
    static Tensor join(Tensor skip, Tensor upsampled) {
        long dy = upsampled.size(2) - skip.size(2);
        long dx = upsampled.size(3) - skip.size(3);
        Tensor fitted = skip;
        if (dx != 0 || dy != 0) {
            long left = Math.floorDiv(dx, 2);
            long top = Math.floorDiv(dy, 2);
            fitted = skip.pad(left, dx - left, top, dy - top);
        }
        return Tensor.concatenate(1, upsampled, fitted);
    }

    /** The same in a graph: the skip map, at 1/8 or 1/4 of an image, is never larger. */
    static Value join(Value skip, Value upsampled) {
        return Value.concatenate(1, upsampled, skip.padTo(upsampled.sides()));
    }
}
