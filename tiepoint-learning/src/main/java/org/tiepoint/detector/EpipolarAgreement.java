package org.tiepoint.detector;

import org.tiepoint.matching.EpipolarLines;
import org.tiepoint.tensor.Tensor;

/** Which pairs of points agree with the epipolar geometry: each near the other's line. */
public final class EpipolarAgreement {
    private EpipolarAgreement() {}

    /**
     * The good pairs.
     *
     * @param points          B x n x 2, pixels of the first image
     * @param otherPoints     B x m x 2, pixels of the second image
     * @param fundamentals    B x 3 x 3, from the first to the second image
     * @param thresholdPixels both distances must be below it
     * @return B x n x m: 1 for good pairs, else 0
     */
    public static Tensor of(Tensor points, Tensor otherPoints, Tensor fundamentals, double thresholdPixels) {
        Tensor inSecond = EpipolarLines.distances(EpipolarLines.of(points, fundamentals), otherPoints);
        Tensor inFirst = EpipolarLines.distances(EpipolarLines.of(otherPoints, fundamentals.transpose(1, 2)), points);
        return inSecond.lessThan(thresholdPixels).mul(inFirst.transpose(1, 2).lessThan(thresholdPixels));
    }
}
