package org.tiepoint.cli;

import java.util.Optional;
import org.tiepoint.estimate.TwoViewGeometry;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.Image;
import org.tiepoint.match.Matches;

/**
 * Two images, their key points, the matches and what relates the two views.
 *
 * @param geometry empty where too few matches agree on one
 * @param pose     left camera to right camera, translation of length 1; where the intrinsics are known
 */
record MatchResult(Image left, Image right, Keypoints leftKeypoints, Keypoints rightKeypoints, Matches matches,
        Optional<TwoViewGeometry> geometry, Optional<Pose> pose) {
    boolean isInlier(int match) {
        return geometry.isPresent() && geometry.get().inliers()[match];
    }

    int inlierCount() {
        return geometry.map(TwoViewGeometry::inlierCount).orElse(0);
    }
}
