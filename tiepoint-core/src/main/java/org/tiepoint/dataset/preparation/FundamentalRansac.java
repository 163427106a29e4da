package org.tiepoint.dataset.preparation;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Which matches one fundamental matrix explains: OpenCV's RANSAC with the seven-point algorithm. Deterministic. */
final class FundamentalRansac {
    private static final int FEWEST = 8;
    private static final double CONFIDENCE = 0.9999;
    private static final int ITERATIONS = 3000;

    private FundamentalRansac() {}

    /**
     * The inliers.
     *
     * @param xy              matches x 4: x and y in the first and in the second image
     * @param thresholdPixels greatest distance to the epipolar lines
     * @return for each match whether it is one; none where there are fewer than 8 matches
     */
    @SuppressWarnings("try")
    static boolean[] inliers(float[] xy, double thresholdPixels) {
        int n = xy.length / 4;
        boolean[] inliers = new boolean[n];
        if (n < FEWEST) {
            return inliers;
        }
        try (PointerScope scope = new PointerScope()) {
            Mat mask = new Mat();
            Mat f = opencv_calib3d.findFundamentalMat(points(xy, 0), points(xy, 2), opencv_calib3d.FM_RANSAC,
                    thresholdPixels, CONFIDENCE, ITERATIONS, mask);
            if (!f.empty() && mask.total() == n) {
                byte[] flags = new byte[n];
                new BytePointer(mask.data()).get(flags);
                for (int i = 0; i < n; i++) {
                    inliers[i] = flags[i] != 0;
                }
            }
        }
        return inliers;
    }

    private static Mat points(float[] xy, int offset) {
        int n = xy.length / 4;
        float[] half = new float[2 * n];
        for (int i = 0; i < n; i++) {
            half[2 * i] = xy[4 * i + offset];
            half[2 * i + 1] = xy[4 * i + offset + 1];
        }
        Mat mat = new Mat(n, 1, opencv_core.CV_32FC2);
        new FloatPointer(mat.data()).put(half);
        return mat;
    }
}
