package org.tiepoint.stylise;

import org.tiepoint.image.Image;

/**
 * Changes a photo's colours by planes of differences in {@link RudermanSpace}, smoothed with the photo as guide ({@link
 * GuidedFilter}): within regions the change varies slowly, and it changes only at edges that the photo has.
 */
final class GuidedChange {
    /** Variance of l below which a window has no edge: a step of 0.05 decades. */
    private static final double EPSILON = 0.0006;

    private GuidedChange() {}

    /**
     * The changed photo.
     *
     * @param planes  the photo's
     * @param changes wanted, of the same size
     */
    static Image apply(Plane[] planes, Plane[] changes) {
        int radius = Math.max(2, Math.max(planes[0].width(), planes[0].height()) / 40);
        GuidedFilter filter = new GuidedFilter(planes[0], radius, EPSILON);
        Plane[] result = new Plane[3];
        for (int c = 0; c < 3; c++) {
            result[c] = planes[c].with(filter.apply(changes[c]), Double::sum);
        }
        return RudermanSpace.light(result).image();
    }

    /**
     * The photo, changed as one small copy of it was to another.
     *
     * @param before the copy
     * @param after  the other, of the copy's size
     */
    static Image apply(Image photo, Image before, Image after) {
        Plane[] from = RudermanSpace.of(LinearLight.of(before));
        Plane[] to = RudermanSpace.of(LinearLight.of(after));
        Plane[] changes = new Plane[3];
        for (int c = 0; c < 3; c++) {
            changes[c] = to[c].with(from[c], (a, b) -> a - b).resized(photo.width(), photo.height());
        }
        return apply(RudermanSpace.of(LinearLight.of(photo)), changes);
    }
}
