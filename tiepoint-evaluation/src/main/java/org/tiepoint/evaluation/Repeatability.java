package org.tiepoint.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.image.ImageSize;

/**
 * Whether a detector finds the same places again: of the key points of either image that lie inside the other one, the
 * share that have a key point of the other image within so many pixels there. Both directions count together. 0 where
 * no key point lies inside the other image.
 *
 * <p>SuperPoint (DeTone et al., CVPRW 2018) measures both directions in the second image's pixels; here each is
 * measured in the image that the points are taken to.
 */
public final class Repeatability {
    private Repeatability() {}

    /**
     * The share, 0 to 1.
     *
     * @param homography row-major 3x3, first image to second
     * @param pixels     a key point is found again within so many pixels
     */
    public static double of(double[] homography, Prediction prediction, double pixels) {
        double[] first = doubles(prediction.firstPoints().xy());
        double[] second = doubles(prediction.secondPoints().xy());
        int[] there = count(MatchAccuracy.project(homography, first), second, prediction.secondSize(), pixels);
        int[] back = count(MatchAccuracy.project(Matrices.inverse(homography), second), first, prediction.firstSize(),
                pixels);
        int inside = there[0] + back[0];
        return inside == 0 ? 0 : (double) (there[1] + back[1]) / inside;
    }

    /** How many projected points lie inside the image, and how many of those have a point within so many pixels. */
    private static int[] count(double[] projected, double[] points, ImageSize size, double pixels) {
        double[][] byX = IntStream.range(0, points.length / 2).mapToObj(i -> new double[] {points[2 * i],
            points[2 * i + 1]}).sorted(Comparator.comparingDouble(point -> point[0])).toArray(double[][]::new);
        double[] xs = Arrays.stream(byX).mapToDouble(point -> point[0]).toArray();
        int inside = 0;
        int repeated = 0;
        for (int i = 0; i < projected.length; i += 2) {
            double x = projected[i];
            double y = projected[i + 1];
            if (x >= -0.5 && y >= -0.5 && x < size.width() - 0.5 && y < size.height() - 0.5) {
                inside++;
                repeated += isNear(x, y, byX, xs, pixels) ? 1 : 0;
            }
        }
        return new int[] {inside, repeated};
    }

    private static boolean isNear(double x, double y, double[][] byX, double[] xs, double pixels) {
        int at = Arrays.binarySearch(xs, x - pixels);
        at = at < 0 ? -at - 1 : at;
        while (at > 0 && xs[at - 1] == x - pixels) {
            at--;
        }
        for (; at < xs.length && xs[at] <= x + pixels; at++) {
            if (Math.hypot(byX[at][0] - x, byX[at][1] - y) <= pixels) {
                return true;
            }
        }
        return false;
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
