package org.tiepoint.objective.caps;

import org.tiepoint.image.Image;

/**
 * One training pair, ready for the network.
 *
 * @param name        scene and photo names, for messages
 * @param first       disturbed picture
 * @param second      disturbed picture of the same size
 * @param queries     n x 2, row-major: points of the first picture in pixels
 * @param fundamental from first to second picture, row-major 3x3, pixels
 * @param truth       n x 2, row-major: where the second picture shows the queries, pixels, NaN where it does not; empty
 *                    where nobody knows, which is everywhere but in rendered scenes
 */
public record CapsSample(String name, Image first, Image second, float[] queries, double[] fundamental,
        double[] truth) {}
