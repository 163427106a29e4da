package org.tiepoint.feature;

import java.util.Arrays;

/**
 * Key points of one image: n positions, scores, sizes and angles. Arrays are shared, not copied: treat as read-only.
 *
 * @param xy     n x 2, row-major: x and y in pixels, (0, 0) the centre of the top-left pixel
 * @param scores n detector responses, the higher the better
 * @param sizes  n diameters of the described region in pixels
 * @param angles n orientations in degrees, clockwise in the image (y down), 0 to 360; -1 where there is none
 */
public record Keypoints(float[] xy, float[] scores, float[] sizes, float[] angles) {
    /**
     * The size that detectors give which find no scale, in pixels: a describer that looks at it, such as SIFT, takes a
     * window of 48 pixels.
     */
    public static final float UNSCALED_SIZE = 8;

    public Keypoints {
        int n = scores.length;
        if (xy.length != 2 * n || sizes.length != n || angles.length != n) {
            throw new IllegalArgumentException("key points of unequal lengths: " + xy.length + " coordinates, " + n
                    + " scores, " + sizes.length + " sizes, " + angles.length + " angles");
        }
    }

    /** Positions alone: score 1, size 1, no orientation. */
    public static Keypoints ofPositions(float[] xy) {
        int n = xy.length / 2;
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        float[] none = new float[n];
        Arrays.fill(none, -1);
        return new Keypoints(xy, ones, ones.clone(), none);
    }

    public int count() {
        return scores.length;
    }

    public float x(int i) {
        return xy[2 * i];
    }

    public float y(int i) {
        return xy[2 * i + 1];
    }
}
