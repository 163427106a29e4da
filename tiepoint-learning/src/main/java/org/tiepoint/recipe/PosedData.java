package org.tiepoint.recipe;

/**
 * What a pair of posed pictures is.
 *
 * @param width              of a landscape picture in pixels, a multiple of 16; portrait pairs swap the sides
 * @param height             of a landscape picture in pixels, a multiple of 16, at most the width
 * @param maxRotationDegrees pairs turned further against each other are left out
 * @param maxPairsPerScene   at most so many pairs of one scene an epoch
 */
public record PosedData(int width, int height, double maxRotationDegrees, int maxPairsPerScene) {
    public PosedData {
        Ranges.requireSize(width, height);
        Ranges.requireRotation(maxRotationDegrees);
        Ranges.require("maxPairsPerScene", maxPairsPerScene, 1, 1_000_000);
    }
}
