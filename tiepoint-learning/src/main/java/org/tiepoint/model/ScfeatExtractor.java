package org.tiepoint.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.tiepoint.detector.ScoreNetwork;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.KeypointSelection;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.feature.TrainedFeatures;
import org.tiepoint.image.Image;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.network.FeatureMaps;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NativeWork;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * Detects and describes by a {@link ScfeatModel}. Descriptors have length 1; match them by Euclidean distance and
 * mutual nearest neighbours. Key points have no orientation; their size is 8 pixels of the image as it is taken, so that
 * {@linkplain org.tiepoint.feature.RootSift describers that look at the size} may describe them.
 *
 * <p>Departs from SCFeat's released code in that the descriptors are those it was trained with, sampled from the map
 * after the coupling bridge: its extraction script samples the map before it. Images are padded by their repeated
 * border, and those with a longer side above a limit are taken at that size.
 *
 * <p>Safe for use by several threads, which take turns.
 */
public final class ScfeatExtractor implements TrainedFeatures {
    /** Longer sides are reduced to this many pixels, unless options say otherwise. */
    static final int MAX_SIDE = 1024;

    /**
     * How to extract.
     *
     * @param maxSide      longer sides are reduced to it, at least 64 pixels; the detector works at full resolution and
     *                     needs about 3 KB a pixel
     * @param maxKeypoints of {@link #extract}, at least 1
     * @param selection    how key points are chosen from the scores
     */
    public record Options(int maxSide, int maxKeypoints, KeypointSelection.Options selection) {
        public Options {
            if (maxSide < 64) {
                throw new IllegalArgumentException("maxSide is " + maxSide + ": it must be at least 64 pixels");
            }
            if (maxKeypoints < 1) {
                throw new IllegalArgumentException("maxKeypoints is " + maxKeypoints + ": it must be at least 1");
            }
        }

        /** Sides up to 1,024 pixels, so many key points, SCFeat's selection. */
        public static Options of(int maxKeypoints) {
            return new Options(MAX_SIDE, maxKeypoints, KeypointSelection.Options.defaults());
        }
    }

    private final ScfeatModel model;
    private final Options options;
    private boolean closed;

    /** Takes over the model and closes it in the end. */
    public ScfeatExtractor(ScfeatModel model, Options options) {
        this.model = model;
        this.options = options;
    }

    /** Loads what {@link ScfeatModel#load} does, on the CPU. */
    public static ScfeatExtractor load(Path fileOrFolder, Options options) throws IOException {
        return new ScfeatExtractor(ScfeatModel.load(fileOrFolder, Device.CPU), options);
    }

    @Override
    public boolean detects() {
        return model.detector().isPresent();
    }

    @Override
    public int dimension() {
        return model.backbone().dimension();
    }

    /**
     * The best key points.
     *
     * @throws IllegalStateException when the model has no detector
     */
    @Override
    public synchronized Keypoints detect(Image image, int maxKeypoints) {
        try (Work work = new Work()) {
            PaddedImage frame = frame(image);
            return imagePixels(frame, select(frame, maps(frame), maxKeypoints));
        }
    }

    @Override
    public synchronized Features describe(Image image, Keypoints keypoints) {
        if (keypoints.count() == 0) {
            requireOpen();
            return new Features(keypoints, dimension(), new float[0]);
        }
        try (Work work = new Work()) {
            PaddedImage frame = frame(image);
            return describe(frame, maps(frame), keypoints);
        }
    }

    /**
     * Both from one pass of the network.
     *
     * @throws IllegalStateException when the model has no detector
     */
    @Override
    public synchronized Features extract(Image image) {
        try (Work work = new Work()) {
            PaddedImage frame = frame(image);
            FeatureMaps maps = maps(frame);
            Keypoints keypoints = imagePixels(frame, select(frame, maps, options.maxKeypoints()));
            return keypoints.count() == 0 ? new Features(keypoints, dimension(), new float[0])
                    : describe(frame, maps, keypoints);
        }
    }

    /**
     * The scores, 0 or more.
     *
     * @throws IllegalStateException when the model has no detector
     */
    @Override
    public synchronized ScoreMap scores(Image image) {
        try (Work work = new Work()) {
            PaddedImage frame = frame(image);
            return scores(frame, maps(frame));
        }
    }

    /** Frees the networks. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            model.close();
        }
    }

    private PaddedImage frame(Image image) {
        requireOpen();
        return PaddedImage.of(image, options.maxSide());
    }

    private FeatureMaps maps(PaddedImage frame) {
        try (TensorScope scope = new TensorScope()) {
            FeatureMaps maps = model.backbone().features(input(frame), false);
            scope.keep(maps.descriptors());
            scope.keep(maps.shallow());
            return maps;
        }
    }

    private Tensor input(PaddedImage frame) {
        return frame.input().to(model.backbone().parameters().device());
    }

    private ScoreMap scores(PaddedImage frame, FeatureMaps maps) {
        ScoreNetwork detector = model.detector().orElseThrow(() -> new IllegalStateException(
                "the model has no detector: train one on it, or describe the key points of another detector"));
        float[] scores = detector.apply(maps, input(frame)).narrow(2, 0, frame.height()).narrow(3, 0, frame.width())
                .toFloats();
        return new ScoreMap(frame.width(), frame.height(), scores);
    }

    private Keypoints select(PaddedImage frame, FeatureMaps maps, int maxKeypoints) {
        return KeypointSelection.select(scores(frame, maps), maxKeypoints, options.selection());
    }

    private static Keypoints imagePixels(PaddedImage frame, Keypoints found) {
        float[] sizes = new float[found.count()];
        Arrays.fill(sizes, (float) (Keypoints.UNSCALED_SIZE / Math.max(frame.scaleX(), frame.scaleY())));
        return new Keypoints(frame.pixels(found.xy()), found.scores(), sizes, found.angles());
    }

    private Features describe(PaddedImage frame, FeatureMaps maps, Keypoints keypoints) {
        Tensor positions = frame.positions(keypoints.xy()).like(maps.descriptors());
        Tensor descriptors = DifferentiableMatching.sample(maps.descriptors(), positions,
                model.backbone().cornersAligned()).normalised(2);
        return new Features(keypoints, dimension(), descriptors.toFloats());
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the extractor is closed");
        }
    }

    /** A span of native work that records no gradients and frees what it made. */
    private static final class Work implements AutoCloseable {
        private final NativeWork span = new NativeWork();
        private final TensorScope scope = new TensorScope();
        private final NoGradient noGradient = new NoGradient();

        @Override
        public void close() {
            noGradient.close();
            scope.close();
            span.close();
        }
    }
}
