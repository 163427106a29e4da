package org.tiepoint.estimate;

import org.tiepoint.feature.Keypoints;
import org.tiepoint.match.Matches;

/**
 * Matched positions in two images. Arrays are shared, not copied: treat as read-only.
 *
 * @param first  n x 2, row-major: x and y in pixels, finite
 * @param second n x 2, the positions matched to them
 */
public record PointPairs(double[] first, double[] second) {
    public PointPairs {
        if (first.length != second.length || first.length % 2 != 0) {
            throw new IllegalArgumentException("matched points need as many coordinates in both images, an even number:"
                    + " got " + first.length + " and " + second.length);
        }
        requireFinite(first);
        requireFinite(second);
    }

    /** The positions of matched key points, in the order of the matches. */
    public static PointPairs of(Keypoints first, Keypoints second, Matches matches) {
        int n = matches.count();
        double[] a = new double[2 * n];
        double[] b = new double[2 * n];
        for (int i = 0; i < n; i++) {
            a[2 * i] = first.x(matches.first(i));
            a[2 * i + 1] = first.y(matches.first(i));
            b[2 * i] = second.x(matches.second(i));
            b[2 * i + 1] = second.y(matches.second(i));
        }
        return new PointPairs(a, b);
    }

    public int count() {
        return first.length / 2;
    }

    private static void requireFinite(double[] coordinates) {
        for (int i = 0; i < coordinates.length; i++) {
            if (!Double.isFinite(coordinates[i])) {
                throw new IllegalArgumentException("matched point " + i / 2 + " has coordinate " + coordinates[i]
                        + ": it must be finite");
            }
        }
    }
}
