package org.tiepoint.localisation;

import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/**
 * An image of a map.
 *
 * @param name   as the collection calls it
 * @param camera of the undistorted photo
 * @param pose   world to camera
 */
public record MapImage(String name, Camera camera, Pose pose) {}
