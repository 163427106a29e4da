package org.tiepoint.localisation;

import org.tiepoint.geometry.Pose;

/**
 * The pose of a camera in the world.
 *
 * @param pose    world to camera
 * @param inliers which of the correspondences agree with it; shared, not copied
 */
public record AbsolutePose(Pose pose, boolean[] inliers) {
    public int inlierCount() {
        int count = 0;
        for (boolean inlier : inliers) {
            count += inlier ? 1 : 0;
        }
        return count;
    }
}
