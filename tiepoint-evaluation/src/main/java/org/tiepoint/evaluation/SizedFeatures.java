package org.tiepoint.evaluation;

import org.tiepoint.feature.Features;
import org.tiepoint.image.ImageSize;

/**
 * The features of an image.
 *
 * @param features in pixels of the image as it lies in its file
 * @param size     of that image
 */
public record SizedFeatures(Features features, ImageSize size) {}
