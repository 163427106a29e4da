package org.tiepoint.estimate;

import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/** Recovers the relative pose of two cameras from their essential matrix. */
public final class RelativePose {
    private RelativePose() {}

    /**
     * The pose, of the four that the essential matrix allows, that puts the most inliers in front of both cameras
     * (Hartley and Zisserman, section 9.6.3). Takes coordinates of the first camera to the second's. The translation
     * has length 1: two views do not show the scale.
     *
     * @param geometry an essential matrix with the inliers among the pairs
     * @param pairs    the matches in pixels that it was estimated from
     */
    public static Pose recover(TwoViewGeometry geometry, PointPairs pairs, Camera first, Camera second) {
        if (geometry.kind() != TwoViewGeometry.Kind.ESSENTIAL) {
            throw new IllegalArgumentException("a pose is recovered from an essential matrix, got " + geometry.kind());
        }
        if (geometry.inliers().length != pairs.count()) {
            throw new IllegalArgumentException("the geometry was estimated from " + geometry.inliers().length
                    + " matches, got " + pairs.count());
        }
        PointPairs normalised = NormalisedPoints.of(pairs, first, second);
        EssentialDecomposition parts = EssentialDecomposition.of(geometry.matrix());
        Pose best = null;
        int most = -1;
        for (double[] rotation : new double[][] {parts.firstRotation(), parts.secondRotation()}) {
            for (int sign = 1; sign >= -1; sign -= 2) {
                double[] t = parts.direction();
                Pose pose = new Pose(rotation, new double[] {sign * t[0], sign * t[1], sign * t[2]});
                int inFront = countInFront(pose, normalised, geometry.inliers());
                if (inFront > most) {
                    most = inFront;
                    best = pose;
                }
            }
        }
        return best;
    }

    private static int countInFront(Pose pose, PointPairs normalised, boolean[] inliers) {
        int count = 0;
        for (int i = 0; i < inliers.length; i++) {
            if (inliers[i] && inFront(pose, normalised, i)) {
                count++;
            }
        }
        return count;
    }

    /** Signs of the two depths at which the rays d1 R a + t and d2 b come closest. */
    private static boolean inFront(Pose pose, PointPairs normalised, int i) {
        double[] r = pose.rotation();
        double[] t = pose.translation();
        double x = normalised.first()[2 * i];
        double y = normalised.first()[2 * i + 1];
        double[] a = new double[3];
        for (int k = 0; k < 3; k++) {
            a[k] = r[3 * k] * x + r[3 * k + 1] * y + r[3 * k + 2];
        }
        double[] b = {normalised.second()[2 * i], normalised.second()[2 * i + 1], 1};
        double aa = dot(a, a);
        double ab = dot(a, b);
        double bb = dot(b, b);
        double at = dot(a, t);
        double bt = dot(b, t);
        double determinant = aa * bb - ab * ab;
        double depthFirst = ab * bt - bb * at;
        double depthSecond = aa * bt - ab * at;
        return determinant > 0 && depthFirst > 0 && depthSecond > 0;
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
