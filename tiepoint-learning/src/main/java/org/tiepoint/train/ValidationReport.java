package org.tiepoint.train;

import java.util.OptionalDouble;

/**
 * How well the fine locations lie on their epipolar lines, over the query points of the held-out pairs.
 *
 * @param step            training steps done
 * @param pairs           held-out pairs used
 * @param loss            mean total loss
 * @param medianPixels    median distance to the epipolar line, in pixels of the recipe's size
 * @param shareUnder5     share of distances under 5 pixels, 0 to 1
 * @param trueMedianPixels median distance to the true location, over the queries whose truth is known (rendered scenes);
 *                        empty where none is
 */
public record ValidationReport(long step, int pairs, double loss, double medianPixels, double shareUnder5,
        OptionalDouble trueMedianPixels) {
    /** Whether this is a better model than another. */
    boolean betterThan(ValidationReport other) {
        return shareUnder5 > other.shareUnder5;
    }
}
