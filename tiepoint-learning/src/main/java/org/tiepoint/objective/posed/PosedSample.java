package org.tiepoint.objective.posed;

import org.tiepoint.image.Image;

/**
 * A pair of pictures of one size with their epipolar geometry.
 *
 * @param name        scene and photo names, for messages
 * @param first       picture
 * @param second      picture
 * @param fundamental from first to second picture, row-major 3x3, pixels
 */
public record PosedSample(String name, Image first, Image second, double[] fundamental) {}
