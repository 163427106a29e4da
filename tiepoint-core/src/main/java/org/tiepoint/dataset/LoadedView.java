package org.tiepoint.dataset;

import org.tiepoint.geometry.Camera;
import org.tiepoint.image.Image;

/**
 * A photo in memory without lens distortion.
 *
 * @param image  the pixels
 * @param camera a pinhole of the image's size
 */
public record LoadedView(Image image, Camera camera) {}
