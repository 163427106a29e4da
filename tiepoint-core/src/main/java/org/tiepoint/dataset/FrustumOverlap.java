package org.tiepoint.dataset;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.geometry.Undistorter;

/**
 * How much of the space that one image sees another sees too, from cameras and poses alone: 4x4 places of the image are
 * put at half, once and twice the scene's typical depth, and those that fall into the other image counted; the smaller
 * share of the two directions counts. Nothing is known of what hides what.
 */
final class FrustumOverlap {
    private static final int GRID = 4;
    private static final double[] DEPTHS = {0.5, 1, 2};

    private final Camera[] cameras;
    private final Pose[] poses;
    /** Per image, the sampled points in world coordinates. */
    private final double[][] points;
    /** Per image, the point at typical depth in its middle: near ones make for overlapping images. */
    private final double[][] middles;

    FrustumOverlap(List<PosedImage> images, double typicalDepth) {
        int n = images.size();
        cameras = new Camera[n];
        poses = new Pose[n];
        points = new double[n][];
        middles = new double[n][];
        Map<Camera, Camera> pinholes = new IdentityHashMap<>();
        for (int i = 0; i < n; i++) {
            cameras[i] = pinholes.computeIfAbsent(images.get(i).camera(), Undistorter::pinhole);
            poses[i] = images.get(i).pose();
            points[i] = samples(cameras[i], poses[i], typicalDepth);
            middles[i] = poses[i].inverse().transform(new double[] {0, 0, typicalDepth});
        }
    }

    double of(int first, int second) {
        return Math.min(share(first, second), share(second, first));
    }

    double squaredDistanceOfMiddles(int first, int second) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double d = middles[first][i] - middles[second][i];
            sum += d * d;
        }
        return sum;
    }

    private static double[] samples(Camera camera, Pose pose, double typicalDepth) {
        Pose toWorld = pose.inverse();
        double[] samples = new double[3 * GRID * GRID * DEPTHS.length];
        int at = 0;
        for (double factor : DEPTHS) {
            double z = factor * typicalDepth;
            for (int row = 0; row < GRID; row++) {
                for (int column = 0; column < GRID; column++) {
                    double x = ((column + 0.5) / GRID * camera.width() - 0.5 - camera.cx()) / camera.fx();
                    double y = ((row + 0.5) / GRID * camera.height() - 0.5 - camera.cy()) / camera.fy();
                    System.arraycopy(toWorld.transform(new double[] {x * z, y * z, z}), 0, samples, at, 3);
                    at += 3;
                }
            }
        }
        return samples;
    }

    private double share(int from, int into) {
        Camera camera = cameras[into];
        double[] r = poses[into].rotation();
        double[] t = poses[into].translation();
        double[] p = points[from];
        int inside = 0;
        for (int i = 0; i < p.length; i += 3) {
            double z = r[6] * p[i] + r[7] * p[i + 1] + r[8] * p[i + 2] + t[2];
            if (z > 0) {
                double x = camera.fx() * (r[0] * p[i] + r[1] * p[i + 1] + r[2] * p[i + 2] + t[0]) / z + camera.cx();
                double y = camera.fy() * (r[3] * p[i] + r[4] * p[i + 1] + r[5] * p[i + 2] + t[1]) / z + camera.cy();
                if (x >= -0.5 && x < camera.width() - 0.5 && y >= -0.5 && y < camera.height() - 0.5) {
                    inside++;
                }
            }
        }
        return 3.0 * inside / p.length;
    }
}
