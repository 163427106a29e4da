package org.tiepoint.feature;

import java.util.Arrays;

/**
 * How good a key point each pixel of an image would make. Immutable.
 *
 * @param values height x width, row-major; shared, not copied
 */
public record ScoreMap(int width, int height, float[] values) {
    public ScoreMap {
        if (values.length != (long) width * height) {
            throw new IllegalArgumentException("a score map of " + width + "x" + height + " needs "
                    + (long) width * height + " values, got " + values.length);
        }
    }

    /**
     * Pixels that are the greatest of the square around them. Further rounds add those that become so when the squares
     * around the ones found are set to 0, as SuperPoint's released code does.
     *
     * @param radius half the side of the square, at least 1
     * @param rounds further rounds, 0 for none
     * @param above  what a value must exceed
     * @return places in {@link #values()}, ascending
     */
    public int[] maxima(int radius, int rounds, float above) {
        boolean[] found = peaks(values, radius);
        for (int round = 0; round < rounds; round++) {
            float[] marks = new float[values.length];
            for (int i = 0; i < marks.length; i++) {
                marks[i] = found[i] ? 1 : 0;
            }
            float[] near = greatest(marks, radius);
            float[] left = values.clone();
            for (int i = 0; i < left.length; i++) {
                left[i] = near[i] > 0 ? 0 : left[i];
            }
            boolean[] more = peaks(left, radius);
            for (int i = 0; i < left.length; i++) {
                found[i] |= more[i] && near[i] == 0;
            }
        }
        int[] places = new int[values.length];
        int count = 0;
        for (int i = 0; i < places.length; i++) {
            if (found[i] && values[i] > above) {
                places[count++] = i;
            }
        }
        return Arrays.copyOf(places, count);
    }

    private boolean[] peaks(float[] of, int radius) {
        float[] greatest = greatest(of, radius);
        boolean[] peaks = new boolean[of.length];
        for (int i = 0; i < peaks.length; i++) {
            peaks[i] = of[i] == greatest[i];
        }
        return peaks;
    }

    /** The greatest value in the square around each pixel, by rows and then by columns. */
    private float[] greatest(float[] of, int radius) {
        float[] rows = new float[of.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float most = of[y * width + x];
                for (int i = Math.max(0, x - radius); i <= Math.min(width - 1, x + radius); i++) {
                    most = Math.max(most, of[y * width + i]);
                }
                rows[y * width + x] = most;
            }
        }
        float[] both = rows.clone();
        for (int y = 0; y < height; y++) {
            for (int j = Math.max(0, y - radius); j <= Math.min(height - 1, y + radius); j++) {
                for (int x = 0; x < width; x++) {
                    both[y * width + x] = Math.max(both[y * width + x], rows[j * width + x]);
                }
            }
        }
        return both;
    }
}
