package org.tiepoint.dataset.synthetic;

import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.Image;

/**
 * One view of a synthetic scene.
 *
 * @param image  the picture
 * @param camera its pinhole camera
 * @param pose   world to camera, exact, in metres
 * @param depth  distance along the camera's z axis at every pixel's centre, in metres
 */
public record RenderedView(Image image, Camera camera, Pose pose, DepthMap depth) {}
