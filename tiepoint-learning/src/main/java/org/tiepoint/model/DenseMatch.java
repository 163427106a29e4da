package org.tiepoint.model;

/**
 * Where a point of one image is in another.
 *
 * @param x      in the second image, pixels
 * @param y      in the second image, pixels
 * @param spread mean of the coarse and the fine spread of the match distribution, in normalised units (the image is 2
 *               wide): the lower the surer
 */
public record DenseMatch(double x, double y, double spread) {}
