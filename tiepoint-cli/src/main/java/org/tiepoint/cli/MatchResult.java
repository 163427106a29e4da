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
    /** For each match, whether it agrees with the geometry; none does where there is no geometry. */
    boolean[] inliers() {
        return geometry.map(TwoViewGeometry::inliers).orElseGet(() -> new boolean[matches.count()]);
    }

    int inlierCount() {
        return geometry.map(TwoViewGeometry::inlierCount).orElse(0);
    }
}
