package org.tiepoint.dataset;

/**
 * Triangulated points of a reconstruction and which images see them.
 *
 * @param xyz    n x 3, row-major, world coordinates
 * @param tracks n lists of places in {@link PosedCollection#images()}, ascending, without repeats
 */
public record SparsePoints(double[] xyz, int[][] tracks) {
    public SparsePoints {
        if (xyz.length != 3 * tracks.length) {
            throw new IllegalArgumentException(tracks.length + " tracks need " + 3 * tracks.length
                    + " coordinates, got " + xyz.length);
        }
    }

    public int count() {
        return tracks.length;
    }
}
