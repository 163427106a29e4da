package org.tiepoint.onnx;

/**
 * The orientation of a patch: the direction of the strongest gradients, as SIFT has it (Lowe, Distinctive Image
 * Features from Scale-Invariant Keypoints, IJCV 2004, section 5): a histogram of 36 directions, weighted by length and
 * by a Gaussian around the centre, smoothed; the peak refined by a parabola. Departs from SIFT in that it gives one
 * orientation only.
 */
final class GradientOrientation {
    private static final int BINS = 36;
    /** The Gaussian's sigma, a share of the patch's side. */
    private static final double SIGMA = 1 / 6.0;

    private GradientOrientation() {}

    /**
     * @param planes holds 3 x side x side numbers
     * @param at     where in them
     * @return degrees, clockwise, 0 up to 360; 0 for a flat patch
     */
    static double degrees(float[] planes, int at, int side) {
        double[] smooth = smoothed(smoothed(histogram(planes, at, side)));
        int peak = 0;
        for (int i = 1; i < BINS; i++) {
            peak = smooth[i] > smooth[peak] ? i : peak;
        }
        double before = smooth[(peak + BINS - 1) % BINS];
        double after = smooth[(peak + 1) % BINS];
        double curvature = before - 2 * smooth[peak] + after;
        double offset = curvature == 0 ? 0 : 0.5 * (before - after) / curvature;
        return (peak + offset + BINS) % BINS * 360 / BINS;
    }

    private static double[] histogram(float[] planes, int at, int side) {
        double[] histogram = new double[BINS];
        double centre = (side - 1) / 2.0;
        double sigma = SIGMA * side;
        for (int y = 1; y < side - 1; y++) {
            for (int x = 1; x < side - 1; x++) {
                int pixel = at + y * side + x;
                double dx = grey(planes, pixel + 1, side) - grey(planes, pixel - 1, side);
                double dy = grey(planes, pixel + side, side) - grey(planes, pixel - side, side);
                double squares = (x - centre) * (x - centre) + (y - centre) * (y - centre);
                double weight = Math.hypot(dx, dy) * Math.exp(-squares / (2 * sigma * sigma));
                double bin = Math.toDegrees(Math.atan2(dy, dx)) * BINS / 360 + BINS;
                int low = (int) bin;
                histogram[low % BINS] += weight * (1 - (bin - low));
                histogram[(low + 1) % BINS] += weight * (bin - low);
            }
        }
        return histogram;
    }

    private static float grey(float[] planes, int pixel, int side) {
        return planes[pixel] + planes[pixel + side * side] + planes[pixel + 2 * side * side];
    }

    /** By 1, 4, 6, 4, 1 sixteenths. */
    private static double[] smoothed(double[] values) {
        double[] smooth = new double[BINS];
        for (int i = 0; i < BINS; i++) {
            smooth[i] = (values[(i + BINS - 2) % BINS] + values[(i + 2) % BINS]) / 16
                    + (values[(i + BINS - 1) % BINS] + values[(i + 1) % BINS]) / 4 + values[i] * 3 / 8;
        }
        return smooth;
    }
}
