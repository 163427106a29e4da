package org.tiepoint.onnx;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.FeatureMap;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;

/**
 * Describes key points by an exported network whatever the photo's roll and zoom: the network sees a patch around
 * every key point, turned to its orientation and scaled to its size. Its descriptors at four positions around the
 * patch's centre, each of length 1, make the key point's, of four times the numbers and of length 1: one position finds
 * fewer. Made for SIFT's key points, which have orientation and size; those of a network, and others without
 * orientation, take the direction of the strongest gradients, and their size counts as a multiple of
 * {@link Keypoints#UNSCALED_SIZE}.
 *
 * <p>The photo is not reduced to the card's size, since key points bring their own. The time goes with the number of
 * key points: 2,000 are as many pixels as 7 photos of 640x480 at stride 4, as 27 at stride 8. These descriptors go with
 * each other only, not with upright ones. Safe for use by several threads.
 */
public final class RotationInvariantDescriber implements Describer {
    /** Of patches, in strides of the finest map. */
    private static final int SIDE = 8;
    /** A key point's size in its patch, in strides of the finest map; found on warped photos. */
    private static final double SIZE = 0.75;
    /** Of the positions in x and y from the centre, in strides of the finest map. */
    private static final double OFFSET = 1;
    private static final int POSITIONS = 4;
    /** Networks of a finer stride take patches as with this one. */
    private static final int LEAST_STRIDE = 4;
    private static final int BATCH = 64;

    private final OnnxExtractor extractor;
    private final int side;
    private final double size;
    private final double offset;

    /** Takes the network over: closing this closes it. */
    public RotationInvariantDescriber(OnnxExtractor extractor) {
        ModelCard.Input input = extractor.card().input();
        this.extractor = extractor;
        int stride = Math.max(LEAST_STRIDE, extractor.card().descriptors().maps().stream()
                .mapToInt(ModelCard.MapOutput::stride).min().orElseThrow());
        side = InputFrame.padded(SIDE * stride, input);
        size = SIZE * stride;
        offset = OFFSET * stride;
    }

    @Override
    public int dimension() {
        return POSITIONS * extractor.dimension();
    }

    @Override
    public Features describe(Image image, Keypoints keypoints) {
        int n = keypoints.count();
        float[] descriptors = new float[n * dimension()];
        Integer[] bySize = new Integer[n];
        Arrays.setAll(bySize, i -> i);
        Arrays.sort(bySize, Comparator.comparingDouble(i -> scale(keypoints, i)));
        PatchSampler sampler = new PatchSampler(image);
        float[] planes = new float[Math.min(n, BATCH) * patch()];
        for (int from = 0; from < n; from += BATCH) {
            int count = Math.min(BATCH, n - from);
            for (int k = 0; k < count; k++) {
                cut(sampler, keypoints, bySize[from + k], planes, k * patch());
            }
            List<Map<String, FeatureMap>> maps = extractor.network().applyAll(count, side, side,
                    buffer -> buffer.put(planes, 0, count * patch()));
            for (int k = 0; k < count; k++) {
                compose(maps.get(k), descriptors, bySize[from + k] * dimension());
            }
        }
        return new Features(keypoints, dimension(), descriptors);
    }

    private int patch() {
        return 3 * side * side;
    }

    private static boolean isOriented(Keypoints keypoints, int i) {
        return keypoints.angles()[i] >= 0;
    }

    /** Pixels of the image a pixel of the patch. */
    private double scale(Keypoints keypoints, int i) {
        return keypoints.sizes()[i] / (isOriented(keypoints, i) ? size : Keypoints.UNSCALED_SIZE);
    }

    private void cut(PatchSampler sampler, Keypoints keypoints, int i, float[] planes, int at) {
        double degrees = keypoints.angles()[i];
        if (!isOriented(keypoints, i)) {
            sampler.sample(keypoints.x(i), keypoints.y(i), scale(keypoints, i), 0, side, planes, at);
            degrees = GradientOrientation.degrees(planes, at, side);
        }
        sampler.sample(keypoints.x(i), keypoints.y(i), scale(keypoints, i), degrees, side, planes, at);
    }

    /** The descriptors at the four positions, one after the other. */
    private void compose(Map<String, FeatureMap> maps, float[] descriptors, int at) {
        double centre = (side - 1) / 2.0;
        for (int position = 0; position < POSITIONS; position++) {
            double x = centre + (position % 2 == 0 ? -offset : offset);
            double y = centre + (position / 2 == 0 ? -offset : offset);
            sample(maps, x, y, descriptors, at + position * extractor.dimension());
        }
        FeatureMap.normalise(descriptors, at, dimension());
    }

    private void sample(Map<String, FeatureMap> maps, double x, double y, float[] descriptors, int at) {
        ModelCard.Descriptors parts = extractor.card().descriptors();
        int to = at;
        for (ModelCard.MapOutput part : parts.maps()) {
            FeatureMap map = maps.get(part.name());
            map.bilinear(parts.sampling().onMap(x, side, map.width()), parts.sampling().onMap(y, side, map.height()),
                    descriptors, to);
            to += part.channels();
        }
        FeatureMap.normalise(descriptors, at, extractor.dimension());
    }

    /** Frees the network. */
    @Override
    public void close() {
        extractor.close();
    }
}
