package org.tiepoint.localisation;

import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/** Cameras on an arc that look at one place from five units away. */
final class TestViews {
    static final Camera CAMERA = Camera.pinhole(640, 480, 500, 510, 319.5, 239.5);

    private TestViews() {}

    /** The i-th camera: 8 degrees on from the one before, in turn higher and lower. */
    static Pose pose(int i, double[] lookedAt) {
        double a = Math.toRadians(8 * i);
        double b = Math.toRadians(i % 2 == 0 ? 6 : -6);
        double[] yaw = {Math.cos(a), 0, -Math.sin(a), 0, 1, 0, Math.sin(a), 0, Math.cos(a)};
        double[] r = new double[9];
        for (int k = 0; k < 3; k++) {
            r[k] = yaw[k];
            r[3 + k] = Math.cos(b) * yaw[3 + k] - Math.sin(b) * yaw[6 + k];
            r[6 + k] = Math.sin(b) * yaw[3 + k] + Math.cos(b) * yaw[6 + k];
        }
        double[] turned = new Pose(r, new double[3]).transform(lookedAt);
        return new Pose(r, new double[] {-turned[0], -turned[1], 5 - turned[2]});
    }

    static double[] project(Pose pose, double[] point) {
        double[] p = pose.transform(point);
        return new double[] {CAMERA.fx() * p[0] / p[2] + CAMERA.cx(), CAMERA.fy() * p[1] / p[2] + CAMERA.cy()};
    }
}
