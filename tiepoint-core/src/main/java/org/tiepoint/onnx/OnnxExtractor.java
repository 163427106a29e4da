package org.tiepoint.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.tiepoint.feature.FeatureMap;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.KeypointSelection;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.feature.TrainedFeatures;
import org.tiepoint.image.Image;

/**
 * A trained network that {@code tiepoint export} wrote, by ONNX Runtime. Its {@link ModelCard} says how to run it.
 * Descriptors have length 1; match them by Euclidean distance. Key points of its own have no orientation; their size is
 * {@link Keypoints#UNSCALED_SIZE} pixels of the image as it is taken. Gives what the network gives in libtorch, but for
 * rounding. Safe for use by several threads, which run side by side.
 */
public final class OnnxExtractor implements TrainedFeatures {

    /**
     * How to extract.
     *
     * @param maxKeypoints of {@link #extract}, at least 1
     * @param maxSide      longer sides are reduced to it, at least 64 pixels; empty for the card's
     * @param selection    how key points are chosen from the scores
     */
    public record Options(int maxKeypoints, OptionalInt maxSide, KeypointSelection.Options selection) {
        public Options {
            if (maxKeypoints < 1) {
                throw new IllegalArgumentException("maxKeypoints is " + maxKeypoints + ": it must be at least 1");
            }
            if (maxSide.isPresent() && maxSide.getAsInt() < 64) {
                throw new IllegalArgumentException("maxSide is " + maxSide.getAsInt()
                        + ": it must be at least 64 pixels");
            }
        }

        /** The card's size, so many key points, SCFeat's selection. */
        public static Options of(int maxKeypoints) {
            return new Options(maxKeypoints, OptionalInt.empty(), KeypointSelection.Options.defaults());
        }
    }

    private final OnnxNetwork network;
    private final ModelCard card;
    private final Options options;

    private OnnxExtractor(OnnxNetwork network, ModelCard card, Options options) {
        this.network = network;
        this.card = card;
        this.options = options;
    }

    /**
     * Loads a file of {@code tiepoint export}.
     *
     * @throws IOException when it is no such file
     */
    public static OnnxExtractor load(Path file, Options options) throws IOException {
        return of(OnnxNetwork.load(file), file, options);
    }

    /**
     * Takes the content of such a file.
     *
     * @param name what messages call it
     * @throws IOException when it is none
     */
    public static OnnxExtractor load(byte[] content, Path name, Options options) throws IOException {
        return of(OnnxNetwork.load(content, name), name, options);
    }

    private static OnnxExtractor of(OnnxNetwork network, Path file, Options options) throws IOException {
        try {
            ModelCard card = card(network, file);
            Set<String> outputs = new HashSet<>(card.detects() ? Set.of(ModelCard.SCORES) : Set.of());
            card.descriptors().maps().forEach(map -> outputs.add(map.name()));
            if (!network.outputs().equals(outputs) || !network.input().equals(card.input().name())) {
                throw new IOException(file + ": the graph takes " + network.input() + " and gives "
                        + network.outputs() + ", its card says " + card.input().name() + " and " + outputs
                        + ": export the model again");
            }
            return new OnnxExtractor(network, card, options);
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * The card in a file of {@code tiepoint export}.
     *
     * @throws IOException when it is no such file
     */
    public static ModelCard card(Path file) throws IOException {
        try (OnnxNetwork network = OnnxNetwork.load(file)) {
            return card(network, file);
        }
    }

    private static ModelCard card(OnnxNetwork network, Path file) throws IOException {
        Optional<String> json = network.metadata(ModelCard.METADATA_KEY);
        if (json.isEmpty()) {
            throw new IOException(file + ": has no model card ('" + ModelCard.METADATA_KEY + "' in its metadata): name"
                    + " a file that 'tiepoint export' wrote, or write xfeat:FILE.onnx for XFeat");
        }
        return ModelCard.parse(json.get(), file + " (its card)");
    }

    /** What the file says of itself. */
    public ModelCard card() {
        return card;
    }

    @Override
    public boolean detects() {
        return card.detects();
    }

    @Override
    public int dimension() {
        return card.descriptors().dimension();
    }

    /**
     * The best key points.
     *
     * @throws IllegalStateException when the model has no detector
     */
    @Override
    public Keypoints detect(Image image, int maxKeypoints) {
        requireDetector();
        InputFrame frame = frame(image);
        return keypoints(frame, apply(frame), maxKeypoints);
    }

    @Override
    public Features describe(Image image, Keypoints keypoints) {
        if (keypoints.count() == 0) {
            return new Features(keypoints, dimension(), new float[0]);
        }
        InputFrame frame = frame(image);
        return describe(frame, apply(frame), keypoints);
    }

    /**
     * Both from one pass of the network.
     *
     * @throws IllegalStateException when the model has no detector
     */
    @Override
    public Features extract(Image image) {
        requireDetector();
        InputFrame frame = frame(image);
        Map<String, FeatureMap> maps = apply(frame);
        return describe(frame, maps, keypoints(frame, maps, options.maxKeypoints()));
    }

    /**
     * The scores, 0 or more.
     *
     * @throws IllegalStateException when the model has no detector
     */
    @Override
    public ScoreMap scores(Image image) {
        requireDetector();
        InputFrame frame = frame(image);
        return scores(frame, apply(frame));
    }

    /** Frees the network. */
    @Override
    public void close() {
        network.close();
    }

    private InputFrame frame(Image image) {
        return InputFrame.of(image, card.input(), options.maxSide().orElse(card.maxSide()));
    }

    private Map<String, FeatureMap> apply(InputFrame frame) {
        return network.apply(frame.planes(), frame.paddedHeight(), frame.paddedWidth());
    }

    private Keypoints keypoints(InputFrame frame, Map<String, FeatureMap> maps, int maxKeypoints) {
        Keypoints found = KeypointSelection.select(scores(frame, maps), maxKeypoints, options.selection());
        float[] sizes = new float[found.count()];
        Arrays.fill(sizes, (float) (Keypoints.UNSCALED_SIZE / Math.max(frame.scaleX(), frame.scaleY())));
        return new Keypoints(frame.imagePixels(found.xy()), found.scores(), sizes, found.angles());
    }

    /** Without the padding. */
    private static ScoreMap scores(InputFrame frame, Map<String, FeatureMap> maps) {
        FeatureMap padded = maps.get(ModelCard.SCORES);
        float[] scores = new float[frame.width() * frame.height()];
        for (int y = 0; y < frame.height(); y++) {
            System.arraycopy(padded.values(), y * padded.width(), scores, y * frame.width(), frame.width());
        }
        return new ScoreMap(frame.width(), frame.height(), scores);
    }

    private Features describe(InputFrame frame, Map<String, FeatureMap> maps, Keypoints keypoints) {
        int dimension = dimension();
        float[] descriptors = new float[keypoints.count() * dimension];
        ModelCard.Sampling sampling = card.descriptors().sampling();
        List<FeatureMap> parts = card.descriptors().maps().stream().map(map -> maps.get(map.name())).toList();
        for (int i = 0; i < keypoints.count(); i++) {
            double x = frame.inputX(keypoints.x(i));
            double y = frame.inputY(keypoints.y(i));
            int at = i * dimension;
            for (FeatureMap part : parts) {
                part.bilinear(sampling.onMap(x, frame.paddedWidth(), part.width()),
                        sampling.onMap(y, frame.paddedHeight(), part.height()), descriptors, at);
                at += part.channels();
            }
            FeatureMap.normalise(descriptors, i * dimension, dimension);
        }
        return new Features(keypoints, dimension, descriptors);
    }

    private void requireDetector() {
        if (!card.detects()) {
            throw new IllegalStateException("the model has no detector: export one that has, or describe the key"
                    + " points of another detector");
        }
    }
}
