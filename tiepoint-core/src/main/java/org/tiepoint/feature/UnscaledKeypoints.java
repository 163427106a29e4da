package org.tiepoint.feature;

import java.util.Arrays;

/** Key points of detectors that find neither scale nor orientation. */
final class UnscaledKeypoints {
    /** Gives a describer that looks at the size, such as SIFT, a window of 48 pixels. */
    private static final float DIAMETER = 8;

    private UnscaledKeypoints() {}

    static Keypoints at(float[] xy) {
        Keypoints unsized = Keypoints.ofPositions(xy);
        float[] sizes = new float[unsized.count()];
        Arrays.fill(sizes, DIAMETER);
        return new Keypoints(xy, unsized.scores(), sizes, unsized.angles());
    }
}
