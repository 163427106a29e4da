package org.tiepoint.evaluation;

import java.nio.file.Path;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/**
 * Two photos without lens distortion and their true geometry.
 *
 * @param first            image file; its pixels are taken as they lie there, whatever its EXIF orientation
 * @param second           image file
 * @param firstIntrinsics  fx, fy, cx, cy in pixels, (0, 0) the centre of the top-left pixel
 * @param secondIntrinsics the same of the second photo
 * @param relative         takes coordinates of the first camera to the second's
 */
public record PosePair(Path first, Path second, double[] firstIntrinsics, double[] secondIntrinsics, Pose relative) {
    /** The camera of the first photo. */
    public Camera firstCamera(int width, int height) {
        return camera(firstIntrinsics, width, height);
    }

    /** The camera of the second photo. */
    public Camera secondCamera(int width, int height) {
        return camera(secondIntrinsics, width, height);
    }

    private static Camera camera(double[] k, int width, int height) {
        return Camera.pinhole(width, height, k[0], k[1], k[2], k[3]);
    }
}
