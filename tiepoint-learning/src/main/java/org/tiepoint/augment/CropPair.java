package org.tiepoint.augment;

import java.util.Arrays;

/**
 * Two crops of one photo that show the same key points: row i of the first crop's points and row i of the second's are
 * one place.
 *
 * @param first      crop
 * @param second     crop of the same size
 * @param homography pixels of the first to pixels of the second, row-major 3x3
 * @param stylised   whether the second was cut from a stylised copy of the photo
 */
public record CropPair(Crop first, Crop second, double[] homography, boolean stylised) {
    public CropPair {
        if (first.count() != second.count()) {
            throw new IllegalArgumentException("crops of " + first.count() + " and " + second.count() + " points");
        }
    }

    /** The same with further key points of the first crop, as far as the second shows them. */
    public CropPair withFurther(float[] points) {
        float[] moved = Points.transfer(points, homography);
        int width = second.image().width();
        int height = second.image().height();
        float[] here = Arrays.copyOf(first.points(), first.points().length + points.length);
        float[] there = Arrays.copyOf(second.points(), here.length);
        int count = first.points().length;
        for (int i = 0; i < points.length; i += 2) {
            if (Points.inside(moved[i], moved[i + 1], width, height, 0)) {
                System.arraycopy(points, i, here, count, 2);
                System.arraycopy(moved, i, there, count, 2);
                count += 2;
            }
        }
        return new CropPair(new Crop(first.image(), Arrays.copyOf(here, count)),
                new Crop(second.image(), Arrays.copyOf(there, count)), homography, stylised);
    }

    /** Number of key points, n. */
    public int count() {
        return first.count();
    }
}
