package org.tiepoint.estimate;

import org.tiepoint.geometry.Camera;

/** Pixels to coordinates at focal length 1 and principal point 0. */
final class NormalisedPoints {
    private NormalisedPoints() {}

    static PointPairs of(PointPairs pairs, Camera first, Camera second) {
        return new PointPairs(normalise(pairs.first(), first), normalise(pairs.second(), second));
    }

    private static double[] normalise(double[] xy, Camera camera) {
        requirePinhole(camera);
        double[] normalised = new double[xy.length];
        for (int i = 0; i < xy.length; i += 2) {
            normalised[i] = (xy[i] - camera.cx()) / camera.fx();
            normalised[i + 1] = (xy[i + 1] - camera.cy()) / camera.fy();
        }
        return normalised;
    }

    static void requirePinhole(Camera camera) {
        if (!camera.isPinhole()) {
            throw new IllegalArgumentException("points of a " + camera.model()
                    + " camera with lens distortion cannot be normalised: undistort the image first");
        }
    }
}
