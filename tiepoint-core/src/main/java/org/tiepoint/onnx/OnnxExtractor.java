package org.tiepoint.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
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
 * {@link Keypoints#UNSCALED_SIZE} pixels of the image as it is taken, at each of the card's scales. Gives what the network
 * gives in libtorch, but for rounding. Safe for use by several threads, which run side by side.
 */
public final class OnnxExtractor implements TrainedFeatures {

    /**
     * How to extract.
     *
     * @param maxKeypoints of {@link #extract}, at least 1
     * @param maxSide      longer sides are reduced to it, at least 64 pixels; empty for the card's
     * @param selection    how key points are chosen from the scores
     * @param tiling       how images that are large even so are cut
     * @param threads      of the network on one image, at least 1: with one a processor an image is done soonest, with 1
     *                     many images by several threads
     */
    public record Options(int maxKeypoints, OptionalInt maxSide, KeypointSelection.Options selection,
            Tiling tiling, int threads) {
        public Options {
            if (maxKeypoints < 1) {
                throw new IllegalArgumentException("maxKeypoints is " + maxKeypoints + ": it must be at least 1");
            }
            if (maxSide.isPresent() && maxSide.getAsInt() < 64) {
                throw new IllegalArgumentException("maxSide is " + maxSide.getAsInt()
                        + ": it must be at least 64 pixels");
            }
            if (tiling.overlap() <= selection.radius()) {
                throw new IllegalArgumentException("overlap is " + tiling.overlap() + " and radius "
                        + selection.radius() + ": the overlap must be larger");
            }
            if (threads < 1) {
                throw new IllegalArgumentException("threads is " + threads + ": it must be at least 1");
            }
        }

        /** With the default tiles and a thread a processor. */
        public Options(int maxKeypoints, OptionalInt maxSide, KeypointSelection.Options selection) {
            this(maxKeypoints, maxSide, selection, Tiling.defaults(), Runtime.getRuntime().availableProcessors());
        }

        /** The card's size, so many key points, SCFeat's selection. */
        public static Options of(int maxKeypoints) {
            return new Options(maxKeypoints, OptionalInt.empty(), KeypointSelection.Options.defaults());
        }

        /** The same with so many threads. */
        public Options withThreads(int newThreads) {
            return new Options(maxKeypoints, maxSide, selection, tiling, newThreads);
        }
    }

    /**
     * Images whose (reduced, padded) size is above a limit go through the network in tiles, one after the other, so that
     * memory stays within bounds whatever the image. Key points and descriptors are those of the image as a whole as
     * far as the network looks no farther than the overlap and at no mean of the whole map. CompactNet of
     * depth 3 looks some 160 pixels far; a network that looks farther gives nearly the same.
     *
     * @param maxPixels of the network's input, at least 256 x 256
     * @param overlap   pixels that a tile shares with the next beyond the seam, at least 16 and at most a quarter of
     *                  the side of a square of {@code maxPixels}
     */
    public record Tiling(int maxPixels, int overlap) {
        public Tiling {
            if (maxPixels < 256 * 256) {
                throw new IllegalArgumentException("maxPixels is " + maxPixels + ": it must be at least 65536");
            }
            if (overlap < 16 || overlap > Math.sqrt(maxPixels) / 4) {
                throw new IllegalArgumentException("overlap is " + overlap + ": it must be 16 to "
                        + (int) (Math.sqrt(maxPixels) / 4) + " pixels for tiles of " + maxPixels + " pixels");
            }
        }

        /** Tiles of 1728 x 1728 pixels that share 192 beyond the seam. */
        public static Tiling defaults() {
            return new Tiling(1728 * 1728, 192);
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
        return of(OnnxNetwork.load(file, options.threads()), file, options);
    }

    /**
     * Takes the content of such a file.
     *
     * @param name what messages call it
     * @throws IOException when it is none
     */
    public static OnnxExtractor load(byte[] content, Path name, Options options) throws IOException {
        return of(OnnxNetwork.load(content, name, options.threads()), name, options);
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
        Optional<String> json = Files.isRegularFile(file) ? OnnxMetadata.read(file, ModelCard.METADATA_KEY)
                : Optional.empty();
        if (json.isPresent()) {
            return ModelCard.parse(json.get(), cardOf(file));
        }
        // which says what is wrong with it
        try (OnnxNetwork network = OnnxNetwork.load(file, 1)) {
            return card(network, file);
        }
    }

    private static ModelCard card(OnnxNetwork network, Path file) throws IOException {
        Optional<String> json = network.metadata(ModelCard.METADATA_KEY);
        if (json.isEmpty()) {
            throw new IOException(file + ": has no model card ('" + ModelCard.METADATA_KEY + "' in its metadata): name"
                    + " a file that 'tiepoint export' wrote, or write xfeat:FILE.onnx for XFeat");
        }
        return ModelCard.parse(json.get(), cardOf(file));
    }

    private static String cardOf(Path file) {
        return file + " (its card)";
    }

    /** Whether that is the name of an exported model. */
    public static boolean isExported(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx") && !Files.isDirectory(file);
    }

    OnnxNetwork network() {
        return network;
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
        return best(image, maxKeypoints, (tile, floor) -> {
            Keypoints keypoints = keypoints(tile, apply(tile), maxKeypoints, floor);
            return new Features(keypoints, 1, new float[keypoints.count()]);
        }).keypoints();
    }

    @Override
    public Features describe(Image image, Keypoints keypoints) {
        float[] descriptors = new float[keypoints.count() * dimension()];
        if (keypoints.count() > 0) {
            for (Tile tile : tiles(image, 1)) {
                int[] own = own(tile, keypoints);
                if (own.length > 0) {
                    describe(tile, apply(tile), keypoints, own, descriptors);
                }
            }
        }
        return new Features(keypoints, dimension(), descriptors);
    }

    /**
     * Both from one pass of the network at each scale.
     *
     * @throws IllegalStateException when the model has no detector
     */
    @Override
    public Features extract(Image image) {
        requireDetector();
        return best(image, options.maxKeypoints(), (tile, floor) -> {
            Map<String, FeatureMap> maps = apply(tile);
            Keypoints keypoints = keypoints(tile, maps, options.maxKeypoints(), floor);
            float[] descriptors = new float[keypoints.count() * dimension()];
            describe(tile, maps, keypoints, IntStream.range(0, keypoints.count()).toArray(), descriptors);
            return new Features(keypoints, dimension(), descriptors);
        });
    }

    /** Finds the features of a tile whose scores are above a floor. */
    @FunctionalInterface
    private interface OfTile {
        Features find(Tile tile, double floor);
    }

    /** Of all scales; a further scale counts only where it beats the worst of a full list. */
    private Features best(Image image, int maxKeypoints, OfTile ofTile) {
        TileFeatures found = new TileFeatures(maxKeypoints);
        for (double scale : card.scales()) {
            TileFeatures atScale = new TileFeatures(maxKeypoints);
            for (Tile tile : tiles(image, scale)) {
                atScale.add(tile, ofTile.find(tile, found.floor()));
            }
            found.add(atScale.best());
        }
        return found.best();
    }

    /** As one by one; one image a processor at a time, soonest done with {@link Options#withThreads} 1. */
    @Override
    public List<Features> extract(List<Image> images) {
        return images.parallelStream().map(this::extract).toList();
    }

    /**
     * The scores, 0 or more.
     *
     * @throws IllegalStateException when the model has no detector
     */
    @Override
    public ScoreMap scores(Image image) {
        requireDetector();
        List<Tile> tiles = tiles(image, 1);
        InputFrame frame = tiles.get(0).frame();
        float[] scores = new float[Math.multiplyExact(frame.width(), frame.height())];
        for (Tile tile : tiles) {
            FeatureMap map = apply(tile).get(ModelCard.SCORES);
            KeypointSelection.Area core = tile.core();
            for (int y = core.top(); y < core.bottom(); y++) {
                System.arraycopy(map.values(), y * map.width() + core.left(), scores,
                        (tile.top() + y) * frame.width() + tile.left() + core.left(), core.right() - core.left());
            }
        }
        return new ScoreMap(frame.width(), frame.height(), scores);
    }

    /** Frees the network. */
    @Override
    public void close() {
        network.close();
    }

    private List<Tile> tiles(Image image, double scale) {
        int side = Math.min(options.maxSide().orElse(card.maxSide()), Math.max(image.width(), image.height()));
        return Tile.of(InputFrame.of(image, card.input(), (int) Math.round(scale * side)), options.tiling());
    }

    private Map<String, FeatureMap> apply(Tile tile) {
        return network.apply(tile.paddedHeight(), tile.paddedWidth(), tile::write);
    }

    /** Of the tile's core. */
    private Keypoints keypoints(Tile tile, Map<String, FeatureMap> maps, int maxKeypoints, double floor) {
        FeatureMap scores = maps.get(ModelCard.SCORES);
        KeypointSelection.Options selection = new KeypointSelection.Options(options.selection().radius(),
                OptionalDouble.of(Math.max(floor, options.selection().minimumScore().orElse(0))));
        Keypoints found = KeypointSelection.select(withoutPadding(scores, tile), tile.core(), maxKeypoints, selection);
        InputFrame frame = tile.frame();
        float[] xy = new float[2 * found.count()];
        for (int i = 0; i < found.count(); i++) {
            xy[2 * i] = frame.imageX((double) found.x(i) + tile.left());
            xy[2 * i + 1] = frame.imageY((double) found.y(i) + tile.top());
        }
        float[] sizes = new float[found.count()];
        Arrays.fill(sizes, (float) (Keypoints.UNSCALED_SIZE / Math.max(frame.scaleX(), frame.scaleY())));
        return new Keypoints(xy, found.scores(), sizes, found.angles());
    }

    private static ScoreMap withoutPadding(FeatureMap padded, Tile tile) {
        if (padded.width() == tile.width() && padded.height() == tile.height()) {
            return new ScoreMap(padded.width(), padded.height(), padded.values());
        }
        float[] scores = new float[tile.width() * tile.height()];
        for (int y = 0; y < tile.height(); y++) {
            System.arraycopy(padded.values(), y * padded.width(), scores, y * tile.width(), tile.width());
        }
        return new ScoreMap(tile.width(), tile.height(), scores);
    }

    /** The key points that lie in the tile's core. */
    private static int[] own(Tile tile, Keypoints keypoints) {
        InputFrame frame = tile.frame();
        return IntStream.range(0, keypoints.count())
                .filter(i -> tile.owns(frame.inputX(keypoints.x(i)), frame.inputY(keypoints.y(i)))).toArray();
    }

    private void describe(Tile tile, Map<String, FeatureMap> maps, Keypoints keypoints, int[] which,
            float[] descriptors) {
        int dimension = dimension();
        ModelCard.Sampling sampling = card.descriptors().sampling();
        List<ModelCard.MapOutput> parts = card.descriptors().maps();
        List<FeatureMap> values = parts.stream().map(part -> maps.get(part.name())).toList();
        IntStream points = Arrays.stream(which);
        (options.threads() > 1 ? points.parallel() : points).forEach(i -> {
            double x = tile.frame().inputX(keypoints.x(i));
            double y = tile.frame().inputY(keypoints.y(i));
            int at = i * dimension;
            for (int k = 0; k < parts.size(); k++) {
                FeatureMap map = values.get(k);
                int stride = parts.get(k).stride();
                map.bilinear(tile.onMapX(x, sampling, stride, map.width()),
                        tile.onMapY(y, sampling, stride, map.height()), descriptors, at);
                at += map.channels();
            }
            FeatureMap.normalise(descriptors, i * dimension, dimension);
        });
    }

    private void requireDetector() {
        if (!card.detects()) {
            throw new IllegalStateException("the model has no detector: export one that has, or describe the key"
                    + " points of another detector");
        }
    }
}
