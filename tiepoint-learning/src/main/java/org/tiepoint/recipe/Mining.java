package org.tiepoint.recipe;

/**
 * How photos that look alike are found, whose key points are negatives too; used by the loss's source global alone.
 *
 * @param photos most similar photos of other scenes, one of which is drawn at each use, 1 to 100
 * @param every  steps after which they are looked for again, at least 10
 */
public record Mining(int photos, int every) {
    public Mining {
        Ranges.require("photos", photos, 1, 100);
        Ranges.require("every", every, 10, Integer.MAX_VALUE);
    }
}
