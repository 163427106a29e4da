package org.tiepoint.localisation;

import java.util.Arrays;

/**
 * The triangulated points of a map.
 *
 * @param xyz     n x 3, row-major: world coordinates
 * @param pointOf for each image, for each of its key points, which point it shows, or -1; shared, not copied
 */
public record MapPoints(double[] xyz, int[][] pointOf) {
    public MapPoints {
        if (xyz.length % 3 != 0) {
            throw new IllegalArgumentException(xyz.length + " numbers are no points of 3");
        }
        for (int[] points : pointOf) {
            for (int point : points) {
                if (point < -1 || point >= xyz.length / 3) {
                    throw new IllegalArgumentException("point " + point + " is not one of " + xyz.length / 3);
                }
            }
        }
    }

    public int count() {
        return xyz.length / 3;
    }

    /** Key points that show a point, over all images. */
    public long observations() {
        return Arrays.stream(pointOf).flatMapToInt(Arrays::stream).filter(point -> point >= 0).count();
    }

    /** The points that an image shows too, counted for each image of the map. */
    int[] sharedWith(int image) {
        boolean[] shown = new boolean[count()];
        for (int point : pointOf[image]) {
            if (point >= 0) {
                shown[point] = true;
            }
        }
        int[] shared = new int[pointOf.length];
        for (int i = 0; i < shared.length; i++) {
            for (int point : pointOf[i]) {
                shared[i] += point >= 0 && shown[point] ? 1 : 0;
            }
        }
        return shared;
    }
}
