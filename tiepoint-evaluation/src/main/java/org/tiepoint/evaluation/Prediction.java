package org.tiepoint.evaluation;

import org.tiepoint.estimate.PointPairs;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.ImageSize;
import org.tiepoint.match.Matches;

/**
 * What was found on a pair of images, before it is scored.
 *
 * @param firstSize      of the first image as it lies in its file
 * @param secondSize     of the second
 * @param firstPoints    all key points of the first image
 * @param secondPoints   all key points of the second
 * @param matches        indices into them
 * @param extractSeconds mean time of an image's features
 * @param matchSeconds   time of matching
 */
public record Prediction(ImageSize firstSize, ImageSize secondSize, Keypoints firstPoints, Keypoints secondPoints,
        Matches matches, double extractSeconds, double matchSeconds) {
    /** The matched positions, in the order of the matches. */
    public PointPairs points() {
        return PointPairs.of(firstPoints, secondPoints, matches);
    }
}
