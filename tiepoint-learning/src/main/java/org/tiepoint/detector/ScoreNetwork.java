package org.tiepoint.detector;

import java.util.Optional;
import org.tiepoint.graph.Value;
import org.tiepoint.network.Convolution;
import org.tiepoint.network.FeatureMaps;
import org.tiepoint.network.FeatureValues;
import org.tiepoint.network.Parameters;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/**
 * The detector of SCFeat (Sun, Zhu and Ji, 2022), which is PoSFeat's (Li et al., "Decoupling Makes Weakly Supervised
 * Local Feature Better", CVPR 2022) with peakiness: a score for every pixel from a frozen descriptor network's maps at
 * 1/4 of the image size and from the image itself. Its parameter names are those of the released code.
 *
 * <p>Departs from the released code in options: the widths, for machines without a GPU, and whether peakiness is used
 * at all. PoSFeat's code has no PReLU after the image's convolution, SCFeat's and this have one. An image whose greatest value is 0 does not divide by it.
 *
 * <p>Owns its parameters until {@link #close()}. Not for use by several threads at once.
 */
public final class ScoreNetwork implements AutoCloseable {
    private static final double EPSILON = 1e-5;
    private static final double INITIAL_SLOPE = 0.25;
    private static final int WIDEST = 2048;

    /**
     * What the network is made of.
     *
     * @param featureChannels of the maps put in, 1 to 2048; 192 in SCFeat: 128 of descriptors, 64 of the shallow map
     * @param featureWidth    channels made of them, 1 to 2048; 192 in SCFeat
     * @param imageWidth      channels made of the image, 1 to 2048; 64 in SCFeat
     * @param jointWidth      channels made of both at full resolution, 1 to 2048; 128 in SCFeat
     * @param peakiness       whether features, image and score are weighted by their {@link Peakiness}
     */
    public record Options(int featureChannels, int featureWidth, int imageWidth, int jointWidth, boolean peakiness) {
        public Options {
            requireWidth("featureChannels", featureChannels);
            requireWidth("featureWidth", featureWidth);
            requireWidth("imageWidth", imageWidth);
            requireWidth("jointWidth", jointWidth);
        }

        /** The paper's, for maps of so many channels. */
        public static Options defaults(int featureChannels) {
            return new Options(featureChannels, featureChannels, 64, 128, true);
        }

        private static void requireWidth(String name, int value) {
            if (value < 1 || value > WIDEST) {
                throw new IllegalArgumentException(name + " is " + value + ": it must be 1 to " + WIDEST);
            }
        }
    }

    private final Options options;
    private final Parameters parameters;
    private final Convolution ofFeatures;
    private final Convolution joint;
    private final Convolution last;
    private final Convolution ofImage;
    private final Tensor slope;

    /** A network with initial values that follow from the seed. */
    public ScoreNetwork(Options options, long seed, Device device) {
        this.options = options;
        parameters = new Parameters(seed, device);
        ofFeatures = Convolution.withBias(parameters, "conv1", options.featureChannels(), options.featureWidth(), 3, 1);
        joint = Convolution.withBias(parameters, "conv2", options.featureWidth() + options.imageWidth(),
                options.jointWidth(), 3, 1);
        last = Convolution.withBias(parameters, "conv3", options.jointWidth(), 1, 1, 1);
        ofImage = Convolution.withBias(parameters, "convimg", 3, options.imageWidth(), 3, 1);
        slope = parameters.constant("relu.weight", INITIAL_SLOPE, 1);
    }

    public Options options() {
        return options;
    }

    public Parameters parameters() {
        return parameters;
    }

    /**
     * Scores of every pixel. No gradient goes into the maps.
     *
     * @param maps   of the frozen descriptor network; their channels together are the feature channels
     * @param images B x 3 x H x W, normalised; sides are multiples of 16
     * @return B x 1 x H x W, above 0
     */
    public Tensor apply(FeatureMaps maps, Tensor images) {
        Tensor descriptors = maps.descriptors();
        Tensor shallow = maps.shallow();
        long height = images.size(2);
        long width = images.size(3);
        if (descriptors.size(2) != shallow.size(2) || descriptors.size(3) != shallow.size(3)) {
            throw new IllegalArgumentException("an image of " + width + "x" + height + " gives maps of unequal sizes, "
                    + descriptors + " and " + shallow + ": pad images to multiples of 16");
        }
        Tensor features = Tensor.concatenate(1, descriptors, shallow).detach();
        Tensor weightedFeatures = features;
        Tensor weightedImages = images;
        Optional<Tensor> weight = Optional.empty();
        if (options.peakiness()) {
            Tensor ofMaps = Peakiness.of(features);
            Tensor ofPixels = Peakiness.of(images);
            weightedFeatures = features.mul(ofMaps);
            weightedImages = images.mul(ofPixels);
            weight = Optional.of(ofMaps.resizeBilinear(height, width, false).mul(ofPixels));
        }
        Tensor x = normalised(ofFeatures.apply(weightedFeatures)).prelu(slope).resizeBilinear(height, width, false);
        Tensor y = normalised(ofImage.apply(weightedImages)).prelu(slope);
        Tensor score = normalised(last.apply(normalised(joint.apply(Tensor.concatenate(1, x, y))).prelu(slope)))
                .softplus();
        return weight.map(score::mul).orElse(score);
    }

    /**
     * The same in a graph.
     *
     * @param maps   of the descriptor network
     * @param images B x 3 x H x W, normalised; sides are multiples of 16
     */
    public Value apply(FeatureValues maps, Value images) {
        Value features = Value.concatenate(1, maps.descriptors(), maps.shallow());
        Value sides = images.sides();
        Optional<Value> ofMaps = options.peakiness() ? Optional.of(Peakiness.of(features)) : Optional.empty();
        Optional<Value> ofPixels = ofMaps.map(weight -> Peakiness.of(images));
        Value x = activated(ofFeatures.apply(ofMaps.map(features::mul).orElse(features)), options.featureWidth())
                .resize(sides);
        Value y = activated(ofImage.apply(ofPixels.map(images::mul).orElse(images)), options.imageWidth());
        Value score = last.apply(activated(joint.apply(Value.concatenate(1, x, y)), options.jointWidth()))
                .normaliseInstances(1, EPSILON).softplus();
        return ofMaps.map(weight -> score.mul(weight.resize(sides).mul(ofPixels.orElseThrow()))).orElse(score);
    }

    /** The one slope of the PReLU is a leaky ReLU's. */
    private Value activated(Value x, int channels) {
        return x.normaliseInstances(channels, EPSILON).leakyRelu((float) slope.item());
    }

    @Override
    public void close() {
        parameters.close();
    }

    /** Instance normalisation without weights. */
    private static Tensor normalised(Tensor x) {
        return x.normaliseGroups((int) x.size(1), Optional.empty(), Optional.empty(), EPSILON);
    }
}
