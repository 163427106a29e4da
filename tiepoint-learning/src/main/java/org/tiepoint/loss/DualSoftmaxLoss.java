package org.tiepoint.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.tensor.Tensor;

/**
 * How improbable the right matches of a batch are, where a match's probability is the product of the softmax over its row
 * and over its column of the descriptors' similarities, as in DISK (Tyszkiewicz et al., NeurIPS 2020) and XFeat (Potje et
 * al., CVPR 2024). Every other point of the batch is a negative, but for those of the same image that lie beside the right
 * one: of them a descriptor map cannot tell which is meant.
 */
public final class DualSoftmaxLoss {
    /** Lowers a similarity so far that its probability is 0. */
    private static final float EXCLUDED = -1e4f;

    /**
     * How sharp the softmax is and what is no negative.
     *
     * @param temperature  factor of the cosine, above 0
     * @param besidePixels points of the same image that are nearer to the right one are no negatives, 0 or more
     */
    public record Options(double temperature, double besidePixels) {
        public Options {
            if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("temperature is " + temperature + ": it must be above 0");
            }
            if (!(besidePixels >= 0 && besidePixels < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("besidePixels is " + besidePixels + ": it must be 0 or more");
            }
        }
    }

    private DualSoftmaxLoss() {}

    /**
     * The loss of a batch, 0 or more. The one term is called {@code dual_softmax}.
     *
     * @param anchors   N x D, image by image, of length 1
     * @param positives N x D, row by row those of the anchors, of length 1
     * @param points    of the positives: a list of n x 2 pixels, row-major, an image; N in all
     */
    public static LossTerms of(Tensor anchors, Tensor positives, List<float[]> points, Options options) {
        int total = points.stream().mapToInt(xy -> xy.length / 2).sum();
        if (total != anchors.size(0) || total != positives.size(0)) {
            throw new IllegalArgumentException(anchors.size(0) + " anchors and " + positives.size(0)
                    + " positives for " + total + " points");
        }
        Tensor loss;
        if (total == 0) {
            loss = anchors.sum().add(positives.sum()).mul(0);
        } else {
            Tensor similarity = anchors.matmul(positives.transpose(0, 1)).mul(options.temperature())
                    .add(excluded(points, total, options.besidePixels()).like(anchors));
            long[] diagonal = new long[total];
            for (int i = 0; i < total; i++) {
                diagonal[i] = i;
            }
            Tensor right = Tensor.of(diagonal, total, 1).onDeviceOf(anchors);
            loss = similarity.logSoftmax(1).gather(1, right)
                    .add(similarity.transpose(0, 1).logSoftmax(1).gather(1, right)).mean().mul(-0.5);
        }
        Map<String, Tensor> terms = new LinkedHashMap<>();
        terms.put("dual_softmax", loss);
        return new LossTerms(loss, terms);
    }

    private static Tensor excluded(List<float[]> points, int total, double besidePixels) {
        float[] excluded = new float[total * total];
        int start = 0;
        for (float[] xy : points) {
            int n = xy.length / 2;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double dx = xy[2 * i] - xy[2 * j];
                    double dy = xy[2 * i + 1] - xy[2 * j + 1];
                    if (i != j && dx * dx + dy * dy < besidePixels * besidePixels) {
                        excluded[(start + i) * total + start + j] = EXCLUDED;
                    }
                }
            }
            start += n;
        }
        return Tensor.of(excluded, total, total);
    }
}
