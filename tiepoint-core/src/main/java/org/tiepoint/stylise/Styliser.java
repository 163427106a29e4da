package org.tiepoint.stylise;

import org.tiepoint.image.Image;

/**
 * Shows a photo in another light, season or weather without moving an edge: what HNDesc trains with in place of photos
 * of one place at different times. Implementations are safe for use by several threads.
 */
public interface Styliser {
    /**
     * A stylised copy of the same size.
     *
     * @param seed of every draw: the same photo and seed give the same copy
     */
    Image stylise(Image photo, long seed);
}
