package org.tiepoint.detector;

import org.tiepoint.tensor.Tensor;

/** Which pairs of points a homography takes to each other. */
public final class HomographyAgreement {
    private HomographyAgreement() {}

    /**
     * The good pairs.
     *
     * @param points          B x n x 2, pixels of the first image
     * @param otherPoints     B x m x 2, pixels of the second image
     * @param homographies    B x 3 x 3, from the first to the second image, pixels
     * @param thresholdPixels of the second image: points must be nearer
     * @return B x n x m: 1 for good pairs, else 0
     */
    public static Tensor of(Tensor points, Tensor otherPoints, Tensor homographies, double thresholdPixels) {
        return transfer(points, homographies).unsqueeze(2).sub(otherPoints.unsqueeze(1)).norm(-1)
                .lessThan(thresholdPixels);
    }

    /** Where homographies (B x 3 x 3) take points: B x n x 2. */
    public static Tensor transfer(Tensor points, Tensor homographies) {
        Tensor turned = homographies.narrow(2, 0, 2);
        Tensor moved = points.matmul(turned.transpose(1, 2)).add(homographies.narrow(2, 2, 1).transpose(1, 2));
        return moved.narrow(2, 0, 2).div(moved.narrow(2, 2, 1));
    }
}
