package org.tiepoint.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.FeatureMap;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.PixelScorer;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.tensor.NativeWork;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.tensor.TorchScript;

/**
 * ALIKE (Zhao et al., ALIKE: Accurate and Lightweight Keypoint Detection and Descriptor Extraction, IEEE Transactions on
 * Multimedia 2022) with the authors' post-processing, to compare with. The network gives a score and a descriptor for
 * every pixel of the image, which is padded with zeros to multiples of 32. Key points are maxima of their 5x5 squares
 * above a score, refined to the mean of the square weighted by exp(score / 0.1); descriptors are normalised at the
 * pixels, sampled bilinearly and normalised again. Match them by mutual nearest neighbours. The TorchScript file's input
 * is 1 x 3 x H x W, RGB from 0 to 1; its output is 1 x (d + 1) x H x W, the last channel the score.
 *
 * <p>Departs from the released code in that an image without any score above the threshold has no key points (there,
 * those above the mean score), and that images with a longer side above a limit are extracted at that size. Safe for
 * use by several threads, which take turns.
 */
public final class Alike implements Extractor, PixelScorer {
    private static final int RADIUS = 2;
    private static final int SIDE = 2 * RADIUS + 1;
    private static final int NMS_ROUNDS = 2;
    private static final double TEMPERATURE = 0.1;
    private static final int MULTIPLE = 32;

    private final TorchScript network;
    private final int dimension;
    private final Options options;
    private boolean closed;

    /**
     * @param maxKeypoints at most so many an image, the best scores, at least 1
     * @param threshold    least score of a key point, from 0 to below 1
     * @param maxSide      longer sides are reduced to this many pixels, at least 64: memory grows with their product
     */
    public record Options(int maxKeypoints, double threshold, int maxSide) {
        public Options {
            if (maxKeypoints < 1) {
                throw new IllegalArgumentException("maxKeypoints is " + maxKeypoints + ": it must be at least 1");
            }
            if (!(threshold >= 0 && threshold < 1)) {
                throw new IllegalArgumentException("threshold is " + threshold + ": it must be from 0 to below 1");
            }
            if (maxSide < 64) {
                throw new IllegalArgumentException("maxSide is " + maxSide + ": it must be at least 64 pixels");
            }
        }

        /** The authors' threshold, 0.2, and at most 1600 pixels. */
        public static Options of(int maxKeypoints) {
            return new Options(maxKeypoints, 0.2, 1600);
        }
    }

    private Alike(TorchScript network, int dimension, Options options) {
        this.network = network;
        this.dimension = dimension;
        this.options = options;
    }

    /** Loads the network from a TorchScript file, which must come from a source as trusted as a program's. */
    public static Alike load(Path file, Options options) throws IOException {
        TorchScript network = TorchScript.load(file);
        try (NativeWork work = new NativeWork();
                TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient()) {
            long[] shape = network.apply(Tensor.zeros(1, 3, MULTIPLE, MULTIPLE)).shape();
            if (shape.length != 4 || shape[1] < 2 || shape[2] != MULTIPLE || shape[3] != MULTIPLE) {
                throw new IllegalArgumentException(file + ": gives " + Arrays.toString(shape) + " for an image of 32x32"
                        + " pixels, descriptors and a score a pixel are needed");
            }
            return new Alike(network, (int) shape[1] - 1, options);
        } catch (IllegalArgumentException e) {
            network.close();
            throw new IOException(e.getMessage() + "; this is no ALIKE network", e);
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public synchronized Features extract(Image image) {
        double scale = scale(image);
        Image taken = reduced(image);
        int width = taken.width();
        int height = taken.height();
        try (NativeWork work = new NativeWork();
                TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient()) {
            Tensor maps = maps(taken);
            Peaks peaks = Peaks.of(scores(maps, taken), options);
            float[] descriptors = sample(maps, peaks.xy());
            float[] xy = peaks.xy().clone();
            for (int i = 0; i < xy.length; i++) {
                double back = i % 2 == 0 ? (double) image.width() / width : (double) image.height() / height;
                xy[i] = (float) ((xy[i] + 0.5) * back - 0.5);
            }
            float[] sizes = new float[xy.length / 2];
            Arrays.fill(sizes, (float) (Keypoints.UNSCALED_SIZE / scale));
            float[] angles = new float[sizes.length];
            Arrays.fill(angles, -1);
            return new Features(new Keypoints(xy, peaks.scores(), sizes, angles), dimension, descriptors);
        }
    }

    @Override
    public synchronized ScoreMap scores(Image image) {
        Image taken = reduced(image);
        try (NativeWork work = new NativeWork();
                TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient()) {
            return scores(maps(taken), taken);
        }
    }

    private double scale(Image image) {
        return Math.min(1, (double) options.maxSide() / Math.max(image.width(), image.height()));
    }

    private Image reduced(Image image) {
        double scale = scale(image);
        return ImageResizer.resize(image, Math.max(1, (int) Math.round(image.width() * scale)),
                Math.max(1, (int) Math.round(image.height() * scale)));
    }

    /** (d + 1) x H x W. */
    private Tensor maps(Image taken) {
        if (closed) {
            throw new IllegalStateException("the extractor is closed");
        }
        return network.apply(input(taken)).select(0, 0);
    }

    private ScoreMap scores(Tensor maps, Image taken) {
        return new ScoreMap(taken.width(), taken.height(), maps.select(0, dimension).narrow(0, 0, taken.height())
                .narrow(1, 0, taken.width()).toFloats());
    }

    /** Frees the network. */
    @Override
    public synchronized void close() {
        closed = true;
        network.close();
    }

    private static Tensor input(Image image) {
        int right = Math.floorMod(-image.width(), MULTIPLE);
        int bottom = Math.floorMod(-image.height(), MULTIPLE);
        return Tensor.ofUnsignedBytes(image.rgb(), image.height(), image.width(), 3).permute(2, 0, 1).mul(1 / 255.0)
                .unsqueeze(0).pad(0, right, 0, bottom);
    }

    /** Descriptors at positions: the four pixels around each, of length 1, blended, and divided by the length. */
    private float[] sample(Tensor maps, float[] xy) {
        int n = xy.length / 2;
        float[] sampled = new float[n * dimension];
        if (n == 0) {
            return sampled;
        }
        int mapWidth = (int) maps.size(2);
        long[] places = new long[4 * n];
        for (int i = 0; i < n; i++) {
            int x = (int) xy[2 * i];
            int y = (int) xy[2 * i + 1];
            for (int corner = 0; corner < 4; corner++) {
                places[4 * i + corner] = (long) (y + corner / 2) * mapWidth + x + corner % 2;
            }
        }
        float[] corners = maps.narrow(0, 0, dimension).reshape(dimension, maps.size(1) * mapWidth)
                .indexSelect(1, Tensor.of(places, places.length)).transpose(0, 1).toFloats();
        for (int i = 0; i < n; i++) {
            double across = xy[2 * i] - (int) xy[2 * i];
            double down = xy[2 * i + 1] - (int) xy[2 * i + 1];
            for (int corner = 0; corner < 4; corner++) {
                int from = (4 * i + corner) * dimension;
                FeatureMap.normalise(corners, from, dimension);
                double weight = (corner % 2 == 0 ? 1 - across : across) * (corner / 2 == 0 ? 1 - down : down);
                for (int c = 0; c < dimension; c++) {
                    sampled[i * dimension + c] += (float) (weight * corners[from + c]);
                }
            }
            FeatureMap.normalise(sampled, i * dimension, dimension);
        }
        return sampled;
    }

    /**
     * Refined maxima, best first.
     *
     * @param xy     n x 2, row-major, at least a pixel from the right and bottom border
     * @param scores n, the score map at the positions
     */
    private record Peaks(float[] xy, float[] scores) {
        static Peaks of(ScoreMap map, Options options) {
            float[] values = map.values();
            int width = map.width();
            int[] places = Arrays.stream(map.maxima(RADIUS, NMS_ROUNDS, (float) options.threshold()))
                    .filter(place -> place % width > RADIUS && place % width < width - RADIUS
                            && place / width > RADIUS && place / width < map.height() - RADIUS)
                    .boxed().sorted(Comparator.comparingDouble((Integer place) -> -values[place]))
                    .limit(options.maxKeypoints()).mapToInt(Integer::intValue).toArray();
            FeatureMap scores = new FeatureMap(1, map.height(), width, values);
            float[] refined = new float[2 * places.length];
            float[] unsorted = new float[places.length];
            for (int i = 0; i < places.length; i++) {
                refine(map, places[i], refined, 2 * i);
                scores.bilinear(refined[2 * i], refined[2 * i + 1], unsorted, i);
            }
            int[] order = IntStream.range(0, places.length).boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -unsorted[i])).mapToInt(Integer::intValue)
                    .toArray();
            float[] xy = new float[refined.length];
            float[] sorted = new float[places.length];
            for (int i = 0; i < order.length; i++) {
                xy[2 * i] = refined[2 * order[i]];
                xy[2 * i + 1] = refined[2 * order[i] + 1];
                sorted[i] = unsorted[order[i]];
            }
            return new Peaks(xy, sorted);
        }

        private static void refine(ScoreMap map, int place, float[] xy, int at) {
            int x = place % map.width();
            int y = place / map.width();
            double sum = 0;
            double sumX = 0;
            double sumY = 0;
            for (int i = 0; i < SIDE * SIDE; i++) {
                int dx = i % SIDE - RADIUS;
                int dy = i / SIDE - RADIUS;
                float value = map.values()[(y + dy) * map.width() + x + dx];
                double weight = Math.exp((value - map.values()[place]) / TEMPERATURE);
                sum += weight;
                sumX += weight * dx;
                sumY += weight * dy;
            }
            xy[at] = (float) (x + sumX / sum);
            xy[at + 1] = (float) (y + sumY / sum);
        }
    }
}
