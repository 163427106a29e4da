package org.tiepoint.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tiepoint.checkpoint.EncoderWeights;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.matching.CoarseToFineMatching;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.matching.Locations;
import org.tiepoint.network.DescriptorMaps;
import org.tiepoint.network.ImageNormalisation;
import org.tiepoint.network.ResUNet;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NativeWork;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * Describes key points by a trained CAPS network (Wang et al., ECCV 2020): the descriptor is the coarse and the fine map
 * at the point, 256 numbers in CAPS, together of length 1. Match them by Euclidean distance and mutual nearest neighbours.
 *
 * <p>Departs from the released code in the length, which matchers that compare by cosine need and which raises the
 * matching accuracy a little, in that images are padded to multiples of 16 on the right and at the bottom, so that
 * positions are exact for every size, and that images with a longer side above a limit are described at that size.
 * Safe for use by several threads, which take turns.
 */
public final class CapsDescriber implements Describer {
    /** Longer sides are reduced to this many pixels. */
    public static final int DEFAULT_MAX_SIDE = 1600;
    private static final int MULTIPLE = 16;

    private final ResUNet network;
    private final int maxSide;
    private boolean closed;

    private CapsDescriber(ResUNet network, int maxSide) {
        this.network = network;
        this.maxSide = maxSide;
    }

    /** Loads with {@link #DEFAULT_MAX_SIDE} on the CPU. */
    public static CapsDescriber load(Path fileOrFolder) throws IOException {
        return load(fileOrFolder, DEFAULT_MAX_SIDE, Device.CPU);
    }

    /**
     * Loads a model.
     *
     * @param fileOrFolder a checkpoint of {@code tiepoint train} or its folder (the best, else the last), or a released
     *                     CAPS checkpoint ({@code .pth})
     * @param maxSide      longer sides are reduced to it, at least 64
     */
    public static CapsDescriber load(Path fileOrFolder, int maxSide, Device device) throws IOException {
        if (maxSide < 64) {
            throw new IllegalArgumentException("maxSide is " + maxSide + ": it must be at least 64 pixels");
        }
        return new CapsDescriber(ModelFile.load(fileOrFolder, device), maxSide);
    }

    /**
     * A network that was not trained, on the CPU: what a training starts from, to compare with.
     *
     * @param recipe  its network and its seed give the initial values
     * @param encoder file to initialise the encoder from ({@link EncoderWeights})
     */
    public static CapsDescriber untrained(CapsRecipe recipe, Optional<Path> encoder) throws IOException {
        ResUNet network = new ResUNet(recipe.network(), recipe.seed(), Device.CPU);
        try {
            if (encoder.isPresent()) {
                EncoderWeights.load(encoder.get(), network);
            }
            return new CapsDescriber(network, DEFAULT_MAX_SIDE);
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    @Override
    public int dimension() {
        return network.dimension();
    }

    @Override
    public synchronized Features describe(Image image, Keypoints keypoints) {
        requireOpen();
        if (keypoints.count() == 0) {
            return new Features(keypoints, dimension(), new float[0]);
        }
        try (NativeWork work = new NativeWork();
                TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient()) {
            Frame frame = Frame.of(image, maxSide);
            DescriptorMaps maps = network.apply(frame.input().to(network.parameters().device()), false);
            Tensor points = frame.positions(keypoints.xy()).like(maps.fine());
            Tensor descriptors = Tensor.concatenate(2, DifferentiableMatching.sample(maps.coarse(), points),
                    DifferentiableMatching.sample(maps.fine(), points)).normalised(2);
            return new Features(keypoints, dimension(), descriptors.toFloats());
        }
    }

    /**
     * Dense prediction, as in the released demonstration: the nearest neighbour on the coarse map, then the nearest
     * neighbour on the whole fine map.
     *
     * @param xy n x 2, row-major: points of the left image, pixels
     * @return where each is in the right image
     */
    public synchronized List<DenseMatch> correspond(Image left, Image right, float[] xy) {
        requireOpen();
        List<DenseMatch> matches = new ArrayList<>();
        if (xy.length == 0) {
            return matches;
        }
        try (NativeWork work = new NativeWork();
                TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient()) {
            Frame first = Frame.of(left, maxSide);
            Frame second = Frame.of(right, maxSide);
            DescriptorMaps firstMaps = network.apply(first.input().to(network.parameters().device()), false);
            DescriptorMaps secondMaps = network.apply(second.input().to(network.parameters().device()), false);
            Tensor points = first.positions(xy).like(firstMaps.fine());
            Tensor coarseQuery = DifferentiableMatching.sample(firstMaps.coarse(), points);
            Tensor fineQuery = DifferentiableMatching.sample(firstMaps.fine(), points);
            Locations coarse = DifferentiableMatching.expectation(coarseQuery, secondMaps.coarse());
            Tensor centre = DifferentiableMatching.nearestNeighbour(coarseQuery, secondMaps.coarse());
            Locations fine = DifferentiableMatching.expectationInWindow(fineQuery, secondMaps.fine(), centre,
                    CoarseToFineMatching.Options.defaults().windowHalfSize());
            float[] positions = second.pixels(DifferentiableMatching.nearestNeighbour(fineQuery, secondMaps.fine()));
            double[] spreads = coarse.spread().add(fine.spread()).mul(0.5).toDoubles();
            for (int i = 0; i < spreads.length; i++) {
                matches.add(new DenseMatch(clamp(positions[2 * i], right.width()),
                        clamp(positions[2 * i + 1], right.height()), spreads[i]));
            }
        }
        return matches;
    }

    /** Channels of a map that {@link CapsGlobalDescriptor} pools. */
    int channels(CapsGlobalDescriptor.Source source) {
        ResUNet.Options options = network.options();
        return source == CapsGlobalDescriptor.Source.ENCODER ? options.encoder().channels(3)
                : options.coarseDimension();
    }

    /** A map of an image without the padding: channels x positions. */
    synchronized float[] map(Image image, CapsGlobalDescriptor.Source source, int longestSide) {
        requireOpen();
        try (NativeWork work = new NativeWork();
                TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient()) {
            Frame frame = Frame.of(image, Math.min(longestSide, maxSide));
            Tensor input = frame.input().to(network.parameters().device());
            Tensor map = source == CapsGlobalDescriptor.Source.ENCODER ? network.encode(input)
                    : network.encodeCoarse(input);
            long rows = Math.max(1, Math.round(image.height() * frame.scaleY() / MULTIPLE));
            long columns = Math.max(1, Math.round(image.width() * frame.scaleX() / MULTIPLE));
            return map.narrow(2, 0, Math.min(rows, map.size(2))).narrow(3, 0, Math.min(columns, map.size(3)))
                    .toFloats();
        }
    }

    /** Frees the network. */
    @Override
    public synchronized void close() {
        closed = true;
        network.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the describer is closed");
        }
    }

    private static double clamp(double value, int size) {
        return Math.max(0, Math.min(size - 1, value));
    }

    /**
     * An image as the network sees it: reduced, and padded with ImageNet's mean colour.
     *
     * @param input  1 x 3 x height x width
     * @param scaleX network pixels a pixel of the image
     * @param scaleY network pixels a pixel of the image
     */
    private record Frame(Tensor input, double scaleX, double scaleY) {
        static Frame of(Image image, int maxSide) {
            double scale = Math.min(1, (double) maxSide / Math.max(image.width(), image.height()));
            int width = Math.max(1, (int) Math.round(image.width() * scale));
            int height = Math.max(1, (int) Math.round(image.height() * scale));
            Tensor tensor = ImageNormalisation.batch(List.of(ImageResizer.resize(image, width, height)));
            return new Frame(tensor.pad(0, padding(width), 0, padding(height)), (double) width / image.width(),
                    (double) height / image.height());
        }

        /** At least 128, so that the fine window has several positions. */
        private static int padding(int side) {
            int padded = Math.max(8 * MULTIPLE, (side + MULTIPLE - 1) / MULTIPLE * MULTIPLE);
            return padded - side;
        }

        /** Pixels of the image to normalised positions of the input: 1 x n x 2. */
        Tensor positions(float[] xy) {
            float[] scaled = new float[xy.length];
            for (int i = 0; i < xy.length; i++) {
                double scale = i % 2 == 0 ? scaleX : scaleY;
                scaled[i] = (float) ((xy[i] + 0.5) * scale - 0.5);
            }
            return DifferentiableMatching.normalise(Tensor.of(scaled, 1, xy.length / 2, 2), (int) input.size(3),
                    (int) input.size(2));
        }

        /** Normalised positions of the input to pixels of the image: n x 2, row-major. */
        float[] pixels(Tensor positions) {
            float[] xy = DifferentiableMatching.denormalise(positions, (int) input.size(3), (int) input.size(2))
                    .toFloats();
            for (int i = 0; i < xy.length; i++) {
                double scale = i % 2 == 0 ? scaleX : scaleY;
                xy[i] = (float) ((xy[i] + 0.5) / scale - 0.5);
            }
            return xy;
        }
    }
}
