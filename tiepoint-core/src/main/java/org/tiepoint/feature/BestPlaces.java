package org.tiepoint.feature;

import java.util.Arrays;

/**
 * The best of many places with scores. Only a few times as many as are wanted are kept, and only those that are wanted
 * are sorted. Not thread-safe.
 */
final class BestPlaces {
    /** Upper bits of a key, by which the wanted places are told from the others. */
    private static final int BUCKET_BITS = 16;
    private static final int SHIFT = Long.SIZE - 1 - BUCKET_BITS;

    private final int wanted;
    /** Better places have lower keys: the score's bits upside down, then the place. */
    private long[] keys;
    private int count;
    private float floor;

    /** @param wanted how many, at least 0 */
    BestPlaces(int wanted) {
        this.wanted = wanted;
        this.keys = new long[Math.max(1024, (int) Math.min(1 << 20, 2L * wanted))];
    }

    /**
     * Adds a place.
     *
     * @param place at least 0, each once
     * @param score above 0
     */
    void add(int place, float score) {
        if (count == keys.length) {
            dropWorst();
        }
        keys[count++] = (long) (Integer.MAX_VALUE - Float.floatToRawIntBits(score)) << Integer.SIZE | place;
    }

    /** Places with lower scores than this are not among the best; rises as places are added. */
    float floor() {
        return floor;
    }

    /** The places that are wanted, best first; of equals the lower place first. */
    int[] sorted() {
        dropWorst();
        Arrays.sort(keys, 0, count);
        int[] places = new int[Math.min(wanted, count)];
        for (int i = 0; i < places.length; i++) {
            places[i] = (int) keys[i];
        }
        return places;
    }

    /** Keeps the best, and those in the bucket of the last of them. */
    private void dropWorst() {
        if (count > wanted) {
            int[] sizes = new int[1 << BUCKET_BITS];
            for (int i = 0; i < count; i++) {
                sizes[(int) (keys[i] >>> SHIFT)]++;
            }
            int last = -1;
            for (int size = 0; size < wanted; size += sizes[last]) {
                last++;
            }
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (keys[i] >>> SHIFT <= last) {
                    keys[kept++] = keys[i];
                }
            }
            count = kept;
            long worst = ((last + 1L) << SHIFT) - 1;
            floor = Float.intBitsToFloat(Integer.MAX_VALUE - (int) (worst >>> Integer.SIZE));
        }
        if (count > keys.length / 2) {
            keys = Arrays.copyOf(keys, 2 * keys.length);
        }
    }
}
