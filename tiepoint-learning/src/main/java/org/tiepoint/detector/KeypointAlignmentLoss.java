package org.tiepoint.detector;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.feature.KeypointSelection;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * Moves key points of two images onto each other, where a homography is known between them, and sharpens their peaks:
 * the reprojection loss and the dispersity peak loss of ALIKE (Zhao et al., "ALIKE: Accurate and Lightweight Keypoint
 * Detection and Descriptor Extraction", IEEE Transactions on Multimedia 2022). A key point is a local maximum, refined to
 * the expected place under the softmax of the scores around it, through which the gradient flows.
 *
 * <p>Departs from ALIKE in that a key point's partner is the nearest one in both directions, and in that the peak loss
 * is the mean of both images.
 */
public final class KeypointAlignmentLoss {
    /**
     * How to align.
     *
     * @param keypoints   best local maxima of each image, at least 1; 400 in ALIKE
     * @param radius      of a peak in pixels, 1 to 8; 2 in ALIKE
     * @param temperature of the softmax over a peak's scores, above 0; 0.1 in ALIKE
     * @param maxPixels   partners farther apart do not count, above 0; 5 in ALIKE
     */
    public record Options(int keypoints, int radius, double temperature, double maxPixels) {
        public Options {
            if (keypoints < 1 || keypoints > 100_000) {
                throw new IllegalArgumentException("keypoints is " + keypoints + ": it must be 1 to 100000");
            }
            if (radius < 1 || radius > 8) {
                throw new IllegalArgumentException("radius is " + radius + ": it must be 1 to 8 pixels");
            }
            if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("temperature is " + temperature + ": it must be above 0");
            }
            if (!(maxPixels > 0 && maxPixels < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("maxPixels is " + maxPixels + ": it must be above 0");
            }
        }

        public static Options defaults() {
            return new Options(400, 2, 0.1, 5);
        }
    }

    /**
     * Refined key points of one image.
     *
     * @param points     n x 2, pixels, with gradient
     * @param dispersity mean squared distance of a peak's scores from its point, in radii, one number, with gradient
     */
    private record Peaks(Tensor points, Tensor dispersity) {}

    private KeypointAlignmentLoss() {}

    /**
     * The loss of a batch. Terms: reprojection, pixels, the mean over pairs of partners in the second image; peak, squared
     * radii; partners, how many an image pair.
     *
     * @param scores       B x 1 x H x W of the first images, 0 to 1
     * @param otherScores  B x 1 x H x W of the second images, 0 to 1
     * @param homographies B x 3 x 3, from the first to the second image, pixels
     */
    public static LossTerms of(Tensor scores, Tensor otherScores, Tensor homographies, Options options) {
        int batch = (int) scores.size(0);
        Tensor reprojection = scores.sum().mul(0);
        Tensor peak = reprojection;
        long partners = 0;
        for (int i = 0; i < batch; i++) {
            Peaks first = peaks(scores.narrow(0, i, 1), options);
            Peaks second = peaks(otherScores.narrow(0, i, 1), options);
            peak = peak.add(first.dispersity()).add(second.dispersity());
            Tensor moved = HomographyAgreement.transfer(first.points().unsqueeze(0), homographies.narrow(0, i, 1))
                    .squeeze(0);
            int[][] pairs = partners(moved.toDoubles(), second.points().toDoubles(), options.maxPixels());
            if (pairs[0].length > 0) {
                Tensor distance = moved.indexSelect(0, places(pairs[0], moved))
                        .sub(second.points().indexSelect(0, places(pairs[1], moved))).square().sum(1).add(1e-8).sqrt();
                reprojection = reprojection.add(distance.sum());
            }
            partners += pairs[0].length;
        }
        reprojection = reprojection.mul(1.0 / Math.max(1, partners));
        peak = peak.mul(0.5 / batch);
        Map<String, Tensor> terms = new LinkedHashMap<>();
        terms.put("reprojection", reprojection);
        terms.put("peak", peak);
        terms.put("partners", Tensor.full((double) partners / batch));
        return new LossTerms(reprojection.add(peak), terms);
    }

    private static Tensor places(int[] rows, Tensor like) {
        long[] places = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            places[i] = rows[i];
        }
        return Tensor.of(places, places.length).onDeviceOf(like);
    }

    /**
     * The best local maxima of one image, best first, in whole pixels.
     *
     * @param scores 1 x 1 x H x W
     * @param radius a maximum is the greatest of (2 radius + 1)^2 scores
     */
    public static Keypoints maxima(Tensor scores, int keypoints, int radius) {
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            return KeypointSelection.maxima(new ScoreMap((int) scores.size(3), (int) scores.size(2), scores.toFloats()),
                    keypoints, radius);
        }
    }

    /** @param scores 1 x 1 x H x W */
    private static Peaks peaks(Tensor scores, Options options) {
        int height = (int) scores.size(2);
        int width = (int) scores.size(3);
        int radius = options.radius();
        int side = 2 * radius + 1;
        Keypoints maxima = maxima(scores, options.keypoints(), radius);
        int n = maxima.count();
        if (n == 0) {
            return new Peaks(Tensor.zeros(0, 2).like(scores), scores.sum().mul(0));
        }
        long[] places = new long[n * side * side];
        double[] offsets = new double[2 * side * side];
        for (int i = 0; i < n; i++) {
            int x = (int) maxima.x(i);
            int y = (int) maxima.y(i);
            for (int j = 0; j < side * side; j++) {
                int u = Math.max(0, Math.min(width - 1, x + j % side - radius));
                int v = Math.max(0, Math.min(height - 1, y + j / side - radius));
                places[i * side * side + j] = (long) v * width + u;
            }
        }
        for (int j = 0; j < side * side; j++) {
            offsets[2 * j] = j % side - radius;
            offsets[2 * j + 1] = j / side - radius;
        }
        Tensor patches = scores.reshape((long) height * width)
                .indexSelect(0, Tensor.of(places, places.length).onDeviceOf(scores)).reshape(n, (long) side * side);
        Tensor probability = patches.mul(1 / options.temperature()).softmax(1);
        Tensor grid = Tensor.of(offsets, (long) side * side, 2).like(scores);
        Tensor offset = probability.matmul(grid);
        Tensor points = Tensor.of(maxima.xy(), n, 2).like(scores).add(offset);
        Tensor squares = grid.unsqueeze(0).sub(offset.unsqueeze(1)).mul(1.0 / radius).square().sum(2);
        return new Peaks(points, probability.mul(squares).sum(1).mean());
    }

    /** Places of nearest points in both directions, in the first and in the second list. */
    private static int[][] partners(double[] moved, double[] points, double maxPixels) {
        int[] nearest = nearest(moved, points, maxPixels);
        int[] back = nearest(points, moved, maxPixels);
        int[] first = new int[nearest.length];
        int[] second = new int[nearest.length];
        int count = 0;
        for (int i = 0; i < nearest.length; i++) {
            if (nearest[i] >= 0 && back[nearest[i]] == i) {
                first[count] = i;
                second[count++] = nearest[i];
            }
        }
        return new int[][] {Arrays.copyOf(first, count), Arrays.copyOf(second, count)};
    }

    private static int[] nearest(double[] from, double[] to, double maxPixels) {
        int[] nearest = new int[from.length / 2];
        for (int i = 0; i < nearest.length; i++) {
            double best = maxPixels * maxPixels;
            nearest[i] = -1;
            for (int j = 0; j < to.length / 2; j++) {
                double dx = from[2 * i] - to[2 * j];
                double dy = from[2 * i + 1] - to[2 * j + 1];
                if (dx * dx + dy * dy < best) {
                    best = dx * dx + dy * dy;
                    nearest[i] = j;
                }
            }
        }
        return nearest;
    }
}
