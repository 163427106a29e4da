package org.tiepoint.augment;

import java.util.Arrays;

/** Lists of n x 2 pixels, row-major, under homographies (row-major 3x3). */
final class Points {
    private Points() {}

    /** Where a homography takes a point. */
    static double[] transfer(double x, double y, double[] h) {
        double w = h[6] * x + h[7] * y + h[8];
        return new double[] {(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w};
    }

    /** Where a homography takes points. */
    static float[] transfer(float[] points, double[] homography) {
        float[] moved = new float[points.length];
        for (int i = 0; i < points.length; i += 2) {
            double[] xy = transfer(points[i], points[i + 1], homography);
            moved[i] = (float) xy[0];
            moved[i + 1] = (float) xy[1];
        }
        return moved;
    }

    /** Whether a point lies between the centres of a picture's border pixels, that far inside at least. */
    static boolean inside(double x, double y, int width, int height, double border) {
        return x >= border && y >= border && x <= width - 1 - border && y <= height - 1 - border;
    }

    static boolean inside(double[] xy, int width, int height, double border) {
        return inside(xy[0], xy[1], width, height, border);
    }

    /** The first points inside a square picture, at most so many. */
    static float[] select(float[] points, int side, int most) {
        float[] kept = new float[points.length];
        int count = 0;
        for (int i = 0; i < points.length && count < 2 * most; i += 2) {
            if (inside(points[i], points[i + 1], side, side, 0)) {
                kept[count++] = points[i];
                kept[count++] = points[i + 1];
            }
        }
        return Arrays.copyOf(kept, count);
    }
}
