package org.tiepoint.localisation;

import java.util.List;
import java.util.Optional;
import org.tiepoint.geometry.Pose;

/**
 * What became of a query.
 *
 * @param pose       world to camera; empty where none was found that enough matches agree with
 * @param matches    of the query's key points with points of the map
 * @param inliers    the query's key points that agree with the best pose, whether that was enough or not
 * @param references the map's images that the query was matched with, likeliest first
 */
public record Localisation(Optional<Pose> pose, int matches, int inliers, List<String> references) {
    public Localisation {
        references = List.copyOf(references);
    }
}
