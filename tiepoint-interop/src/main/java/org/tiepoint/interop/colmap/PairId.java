package org.tiepoint.interop.colmap;

/** COLMAP's number for two images whatever their order: 2147483647 times the lower number, plus the higher one. */
public final class PairId {
    private static final long MOST_IMAGES = Integer.MAX_VALUE;

    private PairId() {}

    /** The number of the pair. */
    public static long of(int first, int second) {
        if (first == second || !isImage(first) || !isImage(second)) {
            throw new IllegalArgumentException("images " + first + " and " + second
                    + " make no pair: two different numbers from 0 to " + (MOST_IMAGES - 1) + " do");
        }
        return MOST_IMAGES * Math.min(first, second) + Math.max(first, second);
    }

    static boolean isImage(long id) {
        return id >= 0 && id < MOST_IMAGES;
    }
}
