package org.tiepoint.recipe;

import org.tiepoint.augment.AffineWarp;
import org.tiepoint.augment.ColourJitter;

/**
 * How the pictures of a posed pair are disturbed.
 *
 * @param colour    of both pictures
 * @param warp      of the second picture
 * @param warpGrows steps over which the warp grows from none to its range; 0 for the whole range from the start
 */
public record Augmentation(ColourJitter colour, AffineWarp warp, int warpGrows) {
    public Augmentation {
        Ranges.require("warpGrows", warpGrows, 0, Integer.MAX_VALUE);
    }

    /** The warp of a step, counted from 0. */
    public AffineWarp warpAt(long step) {
        return step >= warpGrows ? warp : warp.scaled((double) step / warpGrows);
    }
}
