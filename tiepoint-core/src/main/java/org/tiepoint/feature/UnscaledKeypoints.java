package org.tiepoint.feature;

import java.util.Arrays;

/** Key points of detectors that find neither scale nor orientation. */
final class UnscaledKeypoints {
    private UnscaledKeypoints() {}

    static Keypoints at(float[] xy) {
        Keypoints unsized = Keypoints.ofPositions(xy);
        float[] sizes = new float[unsized.count()];
        Arrays.fill(sizes, Keypoints.UNSCALED_SIZE);
        return new Keypoints(xy, unsized.scores(), sizes, unsized.angles());
    }
}
