package org.tiepoint.dataset.synthetic;

import java.util.Optional;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/**
 * True correspondences of two views from their depth maps, as a validation without the scene itself computes them. The
 * cameras may be those of the images resized: positions are then in pixels of the resized images.
 *
 * @param first       pinhole camera of the first image
 * @param firstPose   world to camera
 * @param firstDepth  its depth map
 * @param second      pinhole camera of the second image
 * @param secondPose  world to camera
 * @param secondDepth its depth map
 */
public record DepthCorrespondence(Camera first, Pose firstPose, DepthMap firstDepth, Camera second, Pose secondPose,
        DepthMap secondDepth) {
    private static final double TOLERANCE = 0.01;

    public DepthCorrespondence {
        if (!first.isPinhole() || !second.isPinhole()) {
            throw new IllegalArgumentException("depth maps belong to images without lens distortion, got cameras "
                    + first.model() + " and " + second.model());
        }
    }

    /**
     * Where the second image shows the surface that the first shows at (x, y).
     *
     * @return x and y in pixels; empty outside either image, in the sky, at the edge of a surface, and where another
     *         surface is nearer to the second camera (depths differ by more than 1 %)
     */
    public Optional<double[]> at(double x, double y) {
        double z = depth(firstDepth, first, x, y);
        if (Double.isNaN(z)) {
            return Optional.empty();
        }
        double[] point = {z * (x - first.cx()) / first.fx(), z * (y - first.cy()) / first.fy(), z};
        double[] seen = firstPose.to(secondPose).transform(point);
        if (!(seen[2] > 0)) {
            return Optional.empty();
        }
        double x2 = second.fx() * seen[0] / seen[2] + second.cx();
        double y2 = second.fy() * seen[1] / seen[2] + second.cy();
        double z2 = depth(secondDepth, second, x2, y2);
        return Math.abs(z2 - seen[2]) <= TOLERANCE * seen[2] ? Optional.of(new double[] {x2, y2}) : Optional.empty();
    }

    private static double depth(DepthMap map, Camera camera, double x, double y) {
        return map.at((x + 0.5) * map.width() / camera.width() - 0.5, (y + 0.5) * map.height() / camera.height() - 0.5);
    }
}
