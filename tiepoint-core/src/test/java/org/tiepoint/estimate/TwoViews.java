package org.tiepoint.estimate;

import java.util.Random;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/** Seeded points seen by two cameras of different focal length; a share of the matches is wrong. */
final class TwoViews {
    final Camera first = Camera.pinhole(640, 480, 500, 510, 322, 237);
    final Camera second = Camera.pinhole(800, 600, 900, 890, 395, 305);
    final Pose relative;
    final PointPairs pairs;
    final boolean[] wrong;

    /** @param flat whether all points lie in one plane */
    TwoViews(int n, double wrongShare, double noisePixels, boolean flat, long seed) {
        Random random = new Random(seed);
        double angle = 0.3;
        relative = new Pose(new double[] {Math.cos(angle), 0, -Math.sin(angle), 0, 1, 0, Math.sin(angle), 0,
            Math.cos(angle)}, new double[] {1.2, -0.2, 0.4});
        double[] a = new double[2 * n];
        double[] b = new double[2 * n];
        wrong = new boolean[n];
        for (int i = 0; i < n; i++) {
            double z = flat ? 6 : 4 + 5 * random.nextDouble();
            double[] point = {(random.nextDouble() - 0.6) * z, (random.nextDouble() - 0.5) * z * 0.6, z};
            project(point, first, a, i);
            project(relative.transform(point), second, b, i);
            wrong[i] = random.nextDouble() < wrongShare;
            for (int c = 0; c < 2; c++) {
                a[2 * i + c] += noisePixels * random.nextGaussian();
                b[2 * i + c] += noisePixels * random.nextGaussian();
                b[2 * i + c] = wrong[i] ? random.nextDouble() * 600 : b[2 * i + c];
            }
        }
        pairs = new PointPairs(a, b);
    }

    private static void project(double[] point, Camera camera, double[] xy, int i) {
        xy[2 * i] = camera.fx() * point[0] / point[2] + camera.cx();
        xy[2 * i + 1] = camera.fy() * point[1] / point[2] + camera.cy();
    }
}
