package org.tiepoint.network;

import org.tiepoint.graph.Value;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/**
 * A small detector and descriptor in one network, for processors without a GPU; of this project's own design. Early
 * down-sampling as in XFeat (Potje et al., "XFeat: Accelerated Features for Lightweight Image Matching", CVPR 2024):
 * five convolutions with stride 2, most of the arithmetic at 1/8 of the image's size. There the maps of 1/8, 1/16 and 1/32
 * are added up; the sum joins the map of 1/4, and that the map of 1/2. Descriptors come from the map of 1/8 or of 1/4, scores
 * from that of 1/2: four values a position, laid out as 2 x 2 pixels and smoothed by the binomial kernel (1, 2, 1), so that
 * key points have the image's resolution. Without the smoothing networks learn a pattern of their own that repeats in every
 * cell, and key points stick to it: smoothing takes what alternates from pixel to pixel away.
 *
 * <p>Convolutions, batch normalisation that folds into them, ReLU, bilinear enlargement and a sigmoid alone, so that the
 * graph runs anywhere. Images must have sides that are multiples of 32. Owns its parameters until {@link #close()}. Not
 * for use by several threads at once.
 */
public final class CompactNet implements ScoringBackbone {
    /** Sides of images must be multiples of it. */
    public static final int MULTIPLE = 32;
    private static final int PIXELS = 2;

    /**
     * What the network is made of.
     *
     * @param dimension numbers a descriptor, 8 to 1024
     * @param width     channels at half the image's size, 4 to 128; twice as many at 1/4, four times from 1/8 on
     * @param depth     convolutions at 1/8 of the image's size, 1 to 16
     * @param stride    pixels a position of the descriptor map: 4 or 8
     */
    public record Options(int dimension, int width, int depth, int stride) {
        public Options {
            require("dimension", dimension, 8, 1024);
            require("width", width, 4, 128);
            require("depth", depth, 1, 16);
            if (stride != 4 && stride != 8) {
                throw new IllegalArgumentException("stride is " + stride + ": it must be 4 or 8");
            }
        }

        private static void require(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + " is " + value + ": it must be " + least + " to " + most);
            }
        }
    }

    private final Options options;
    private final Parameters parameters;
    private final RectifiedBlock[] at2;
    private final RectifiedBlock[] at4;
    private final RectifiedBlock[] at8;
    private final RectifiedBlock[] at16;
    private final RectifiedBlock[] at32;
    private final Convolution side16;
    private final Convolution side32;
    private final RectifiedBlock joined8;
    private final Convolution side8;
    private final RectifiedBlock joined4;
    private final Convolution side4;
    private final RectifiedBlock joined2;
    private final Convolution descriptor;
    private final Convolution score;

    /** A network with initial values that follow from the seed. */
    public CompactNet(Options options, long seed, Device device) {
        this.options = options;
        parameters = new Parameters(seed, device);
        int width = options.width();
        int wide = 4 * width;
        at2 = chain("at2", 3, width, 1);
        at4 = chain("at4", width, 2 * width, 2);
        at8 = chain("at8", 2 * width, wide, options.depth());
        at16 = chain("at16", wide, wide, 2);
        at32 = chain("at32", wide, wide, 2);
        side16 = Convolution.withBias(parameters, "side16", wide, wide, 1, 1);
        side32 = Convolution.withBias(parameters, "side32", wide, wide, 1, 1);
        joined8 = new RectifiedBlock(parameters, "joined8", wide, wide, 3, 1);
        side8 = Convolution.withBias(parameters, "side8", wide, 2 * width, 1, 1);
        joined4 = new RectifiedBlock(parameters, "joined4", 2 * width, 2 * width, 3, 1);
        side4 = Convolution.withBias(parameters, "side4", 2 * width, width, 1, 1);
        joined2 = new RectifiedBlock(parameters, "joined2", width, width, 3, 1);
        descriptor = Convolution.withBias(parameters, "descriptor", options.stride() == 4 ? 2 * width : wide,
                options.dimension(), 1, 1);
        score = Convolution.withBias(parameters, "score", width, PIXELS * PIXELS, 1, 1);
    }

    /** The first block halves the size. */
    private RectifiedBlock[] chain(String name, int in, int out, int blocks) {
        RectifiedBlock[] chain = new RectifiedBlock[blocks];
        for (int i = 0; i < blocks; i++) {
            chain[i] = new RectifiedBlock(parameters, name + "." + i, i == 0 ? in : out, out, 3, i == 0 ? 2 : 1);
        }
        return chain;
    }

    private static Tensor apply(RectifiedBlock[] chain, Tensor x, boolean training) {
        Tensor result = x;
        for (RectifiedBlock block : chain) {
            result = block.apply(result, training);
        }
        return result;
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
        return options.stride();
    }

    /** Positions are cells of so many pixels. */
    @Override
    public boolean cornersAligned() {
        return false;
    }

    @Override
    public Maps apply(Tensor images, boolean training) {
        Tensor half = apply(at2, images, training);
        Tensor quarter = apply(at4, half, training);
        Tensor eighth = apply(at8, quarter, training);
        Tensor sixteenth = apply(at16, eighth, training);
        Tensor last = apply(at32, sixteenth, training);
        Tensor context = joined8.apply(eighth.add(enlarged(side16.apply(sixteenth), eighth))
                .add(enlarged(side32.apply(last), eighth)), training);
        Tensor fine = joined4.apply(quarter.add(enlarged(side8.apply(context), quarter)), training);
        Tensor finest = joined2.apply(half.add(enlarged(side4.apply(fine), half)), training);
        return new Maps(descriptor.apply(options.stride() == 4 ? fine : context),
                pixels(score.apply(finest)).padReflecting(1, 1, 1, 1).averagePool(2, 1).averagePool(2, 1));
    }

    @Override
    public Values apply(Value images) {
        Value half = apply(at2, images);
        Value quarter = apply(at4, half);
        Value eighth = apply(at8, quarter);
        Value sixteenth = apply(at16, eighth);
        Value last = apply(at32, sixteenth);
        Value context = joined8.apply(eighth.add(side16.apply(sixteenth).enlarge(2))
                .add(side32.apply(last).enlarge(4)));
        Value fine = joined4.apply(quarter.add(side8.apply(context).enlarge(2)));
        Value finest = joined2.apply(half.add(side4.apply(fine).enlarge(2)));
        return new Values(descriptor.apply(options.stride() == 4 ? fine : context),
                score.apply(finest).spread(PIXELS).padReflecting().averagePool(2, 1).averagePool(2, 1).sigmoid());
    }

    private static Value apply(RectifiedBlock[] chain, Value x) {
        Value result = x;
        for (RectifiedBlock block : chain) {
            result = block.apply(result);
        }
        return result;
    }

    private static Tensor enlarged(Tensor x, Tensor like) {
        return x.resizeBilinear(like.size(2), like.size(3), false);
    }

    /** B x 4 x h x w to B x 1 x 2h x 2w: a position's values are its pixels, row by row. */
    static Tensor pixels(Tensor x) {
        long height = x.size(2);
        long width = x.size(3);
        return x.reshape(x.size(0), PIXELS, PIXELS, height, width).permute(0, 3, 1, 4, 2)
                .reshape(x.size(0), 1, PIXELS * height, PIXELS * width);
    }

    /** The last map of the encoder. */
    @Override
    public Tensor overview(Tensor images) {
        Tensor eighth = apply(at8, apply(at4, apply(at2, images, false), false), false);
        return apply(at32, apply(at16, eighth, false), false);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
