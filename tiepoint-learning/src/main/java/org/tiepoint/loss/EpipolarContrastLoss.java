package org.tiepoint.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.tensor.Tensor;

/**
 * Dual-softmax loss (Sun et al., "LoFTR", CVPR 2021; as {@link DualSoftmaxLoss}) of key points of two posed pictures, of
 * which the epipolar geometry alone says what matches: a point's match lies on its line. Of this project's own design,
 * a step of expectation maximisation: among the points on each other's lines, the product of both softmaxes is how
 * probably two match, without gradient; weighted by it, the log-probabilities among all points shall grow. A point whose
 * match is hidden or was not found has no sure partner and counts little. Unlike losses of expected locations it has
 * nothing to gain from descriptors that are all alike.
 */
public final class EpipolarContrastLoss {
    /** Lowers a similarity so far that its probability is 0. */
    private static final float EXCLUDED = -1e4f;

    private EpipolarContrastLoss() {}

    /**
     * The loss of a pair, 0 or more; 0 where no points lie on each other's lines. The terms are
     * {@code epipolar_contrast} in nats and {@code epipolar_partners}, how many matches the probabilities add up to.
     *
     * @param descriptors      n x D of the first picture, of length 1
     * @param otherDescriptors m x D of the second, of length 1
     * @param points           n x 2, row-major, pixels
     * @param otherPoints      m x 2
     * @param fundamental      from the first to the second picture, row-major 3x3
     * @param thresholdPixels  points as near to each other's lines may match, above 0
     * @param temperature      factor of the cosine, above 0
     */
    public static LossTerms of(Tensor descriptors, Tensor otherDescriptors, float[] points, float[] otherPoints,
            double[] fundamental, double thresholdPixels, double temperature) {
        Tensor loss;
        Tensor partners;
        if (points.length == 0 || otherPoints.length == 0) {
            loss = descriptors.sum().add(otherDescriptors.sum()).mul(0);
            partners = loss.detach();
        } else {
            Tensor similarity = descriptors.matmul(otherDescriptors.transpose(0, 1)).mul(temperature);
            Tensor near = Tensor.of(near(points, otherPoints, fundamental, thresholdPixels), points.length / 2,
                    otherPoints.length / 2).like(similarity);
            Tensor onLines = similarity.detach().add(near.mul(-EXCLUDED).add(EXCLUDED));
            Tensor probable = onLines.logSoftmax(1).add(onLines.logSoftmax(0)).exp().mul(near);
            partners = probable.sum();
            loss = similarity.logSoftmax(1).add(similarity.logSoftmax(0)).mul(probable).sum()
                    .mul(-0.5).div(partners.clampMin(1));
        }
        Map<String, Tensor> terms = new LinkedHashMap<>();
        terms.put("epipolar_contrast", loss);
        terms.put("epipolar_partners", partners);
        return new LossTerms(loss, terms);
    }

    /** 1 where both points are near each other's lines, else 0. */
    private static float[] near(float[] points, float[] others, double[] fundamental, double threshold) {
        double[] transposed = Matrices.transpose(fundamental);
        int columns = others.length / 2;
        float[] near = new float[points.length / 2 * columns];
        for (int i = 0; i < near.length; i++) {
            int a = i / columns * 2;
            int b = i % columns * 2;
            if (Epipolar.distance(fundamental, points[a], points[a + 1], others[b], others[b + 1]) <= threshold
                    && Epipolar.distance(transposed, others[b], others[b + 1], points[a], points[a + 1]) <= threshold) {
                near[i] = 1;
            }
        }
        return near;
    }
}
