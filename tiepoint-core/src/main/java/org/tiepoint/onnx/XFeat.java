package org.tiepoint.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.FeatureMap;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.PixelScorer;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.image.Image;

/**
 * XFeat (Potje et al., XFeat: Accelerated Features for Lightweight Image Matching, CVPR 2024) with the authors' sparse
 * post-processing, to compare with. The network gives, for the image resized to multiples of 32, a map of descriptors,
 * of logits of the 64 pixels of an 8x8 cell and of none of them, and of reliability, all at 1/8 of its size. Key points
 * are the greatest probabilities of their 5x5 squares above 0.05, ranked by probability times reliability; descriptors
 * are 64 numbers of length 1, sampled bicubically. Match them by mutual nearest neighbours. The ONNX file's input is
 * 1 x 3 x H x W, RGB from 0 to 1; its outputs are 1 x 64, 1 x 65 and 1 x 1 x H/8 x W/8.
 *
 * <p>As in the released code, the maps are sampled at x / (W - 1) of their width, which differs by up to half a pixel
 * of the image from where the pixel is. Departs from it in that positions go back to the image's size around pixel
 * centres, x' = (x + 0.5) s - 0.5. Safe for use by several threads.
 */
public final class XFeat implements Extractor, PixelScorer {
    private static final int DIMENSION = 64;
    private static final int CELL = 8;
    private static final int MULTIPLE = 32;
    private static final int NMS_RADIUS = 2;

    private final OnnxNetwork network;
    private final Options options;

    /**
     * @param maxKeypoints at most so many an image, at least 1
     * @param threshold    least probability of a key point, from 0 to below 1
     */
    public record Options(int maxKeypoints, double threshold) {
        public Options {
            if (maxKeypoints < 1) {
                throw new IllegalArgumentException("maxKeypoints is " + maxKeypoints + ": it must be at least 1");
            }
            if (!(threshold >= 0 && threshold < 1)) {
                throw new IllegalArgumentException("threshold is " + threshold + ": it must be from 0 to below 1");
            }
        }

        /** The authors' threshold, 0.05. */
        public static Options of(int maxKeypoints) {
            return new Options(maxKeypoints, 0.05);
        }
    }

    private XFeat(OnnxNetwork network, Options options) {
        this.network = network;
        this.options = options;
    }

    /** Loads the network from an ONNX file. */
    public static XFeat load(Path file, Options options) throws IOException {
        OnnxNetwork network = OnnxNetwork.withOutputs(file, 3);
        try {
            FeatureMap[] maps = maps(network, new float[3 * MULTIPLE * MULTIPLE], MULTIPLE, MULTIPLE);
            if (maps[0].width() != MULTIPLE / CELL) {
                throw new IllegalArgumentException(file + ": its maps are not at 1/8 of the image");
            }
            return new XFeat(network, options);
        } catch (IllegalArgumentException e) {
            network.close();
            throw new IOException(e.getMessage() + "; this is no XFeat network", e);
        }
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public Features extract(Image image) {
        int width = taken(image.width());
        int height = taken(image.height());
        FeatureMap[] maps = maps(network, Planes.resized(image, width, height), height, width);
        FeatureMap descriptors = maps[0].normalised();
        ScoreMap probabilities = probabilities(maps[1]);
        int[] places = probabilities.maxima(NMS_RADIUS, 0, (float) options.threshold());
        float[] scores = new float[places.length];
        float[] reliability = new float[1];
        for (int i = 0; i < places.length; i++) {
            maps[2].bilinear(onMap(places[i] % width, width), onMap(places[i] / width, height), reliability, 0);
            scores[i] = probabilities.values()[places[i]] * reliability[0];
        }
        int[] best = IntStream.range(0, places.length).filter(i -> scores[i] > 0).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i])).limit(options.maxKeypoints())
                .mapToInt(Integer::intValue).toArray();
        double scaleX = (double) image.width() / width;
        double scaleY = (double) image.height() / height;
        float[] xy = new float[2 * best.length];
        float[] ranked = new float[best.length];
        float[] described = new float[DIMENSION * best.length];
        for (int i = 0; i < best.length; i++) {
            int x = places[best[i]] % width;
            int y = places[best[i]] / width;
            xy[2 * i] = (float) ((x + 0.5) * scaleX - 0.5);
            xy[2 * i + 1] = (float) ((y + 0.5) * scaleY - 0.5);
            ranked[i] = scores[best[i]];
            descriptors.bicubic(onMap(x, width), onMap(y, height), described, i * DIMENSION);
            FeatureMap.normalise(described, i * DIMENSION, DIMENSION);
        }
        float[] sizes = new float[best.length];
        Arrays.fill(sizes, CELL);
        float[] angles = new float[best.length];
        Arrays.fill(angles, -1);
        return new Features(new Keypoints(xy, ranked, sizes, angles), DIMENSION, described);
    }

    /** Probabilities, which a key point's score multiplies with the reliability of its place. */
    @Override
    public ScoreMap scores(Image image) {
        int width = taken(image.width());
        int height = taken(image.height());
        return probabilities(maps(network, Planes.resized(image, width, height), height, width)[1]);
    }

    private static int taken(int side) {
        return Math.max(MULTIPLE, side / MULTIPLE * MULTIPLE);
    }

    @Override
    public void close() {
        network.close();
    }

    /** Descriptors, logits, reliability. */
    private static FeatureMap[] maps(OnnxNetwork network, float[] planes, int height, int width) {
        List<FeatureMap> given = List.copyOf(network.apply(planes, height, width).values());
        int[] channels = {DIMENSION, CELL * CELL + 1, 1};
        FeatureMap[] maps = new FeatureMap[channels.length];
        for (int i = 0; i < maps.length; i++) {
            int wanted = channels[i];
            maps[i] = given.stream().filter(map -> map.channels() == wanted).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no output has " + wanted + " channels"));
        }
        return maps;
    }

    /** Where a pixel is on a map at 1/8, as the released code has it. */
    private static double onMap(int pixel, int side) {
        return (double) pixel / (side - 1) * (side / CELL) - 0.5;
    }

    /** Softmax of each cell's 65 logits; the 64 of its pixels, laid out as an image. */
    private static ScoreMap probabilities(FeatureMap logits) {
        int area = logits.height() * logits.width();
        int width = CELL * logits.width();
        float[] values = new float[CELL * CELL * area];
        double[] exponentials = new double[CELL * CELL + 1];
        for (int cell = 0; cell < area; cell++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < exponentials.length; k++) {
                most = Math.max(most, logits.values()[k * area + cell]);
            }
            double sum = 0;
            for (int k = 0; k < exponentials.length; k++) {
                exponentials[k] = Math.exp(logits.values()[k * area + cell] - most);
                sum += exponentials[k];
            }
            int top = cell / logits.width() * CELL;
            int left = cell % logits.width() * CELL;
            for (int k = 0; k < CELL * CELL; k++) {
                values[(top + k / CELL) * width + left + k % CELL] = (float) (exponentials[k] / sum);
            }
        }
        return new ScoreMap(width, CELL * logits.height(), values);
    }
}
