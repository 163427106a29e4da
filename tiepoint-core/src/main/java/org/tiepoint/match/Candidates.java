package org.tiepoint.match;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * For each of several searches, the places whose approximate value comes so near to the best (or second best) that the
 * exact value decides. Each search is for one thread at a time; different ones may run in different threads.
 */
final class Candidates {
    /** More than so many near ties, and the search looks at every place exactly. */
    private static final int CAPACITY = 8;
    private static final int OVERFLOW = -1;

    private final int wanted;
    private final float[] margins;
    /** What a value must exceed to matter. */
    private final float[] thresholds;
    private final float[] values;
    private final int[] places;
    private final int[] counts;

    /**
     * @param wanted  1 for the best, 2 for the best and the second best
     * @param margins by search: values that differ by less may be in the wrong order
     */
    Candidates(int wanted, float[] margins) {
        int searches = margins.length;
        this.wanted = wanted;
        this.margins = margins.clone();
        for (int i = 0; i < searches; i++) {
            // so that equals pass, in whatever order they come
            this.margins[i] = Math.max(margins[i], Float.MIN_NORMAL);
        }
        this.thresholds = new float[searches];
        Arrays.fill(thresholds, Float.NEGATIVE_INFINITY);
        this.values = new float[searches * CAPACITY];
        this.places = new int[searches * CAPACITY];
        this.counts = new int[searches];
    }

    /** What a value must exceed to matter in a search; it only rises. */
    float threshold(int search) {
        return thresholds[search];
    }

    /** The least threshold of several searches. */
    float leastThreshold(int from, int count) {
        float least = Float.POSITIVE_INFINITY;
        for (int search = from; search < from + count; search++) {
            least = Math.min(least, thresholds[search]);
        }
        return least;
    }

    /** Takes over what others of the same searches found. */
    void addAll(Candidates other) {
        for (int search = 0; search < counts.length; search++) {
            if (other.counts[search] == OVERFLOW) {
                overflow(search);
            }
            for (int i = search * CAPACITY; i < search * CAPACITY + other.counts[search]; i++) {
                if (other.values[i] > thresholds[search]) {
                    add(search, other.values[i], other.places[i]);
                }
            }
        }
    }

    /** Takes a value above the search's threshold, and raises that. */
    void add(int search, float value, int place) {
        int from = search * CAPACITY;
        if (counts[search] == CAPACITY && !makeRoom(search)) {
            overflow(search);
            return;
        }
        values[from + counts[search]] = value;
        places[from + counts[search]] = place;
        counts[search]++;
        float best = Float.NEGATIVE_INFINITY;
        float second = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + counts[search]; i++) {
            second = Math.max(second, Math.min(best, values[i]));
            best = Math.max(best, values[i]);
        }
        thresholds[search] = (wanted == 1 ? best : second) - margins[search];
    }

    private void overflow(int search) {
        counts[search] = OVERFLOW;
        thresholds[search] = Float.POSITIVE_INFINITY;
    }

    private boolean makeRoom(int search) {
        int from = search * CAPACITY;
        int kept = 0;
        for (int i = from; i < from + CAPACITY; i++) {
            if (values[i] > thresholds[search]) {
                values[from + kept] = values[i];
                places[from + kept] = places[i];
                kept++;
            }
        }
        counts[search] = kept;
        return kept < CAPACITY;
    }

    /**
     * The best places by their exact values; of equal ones the lowest counts.
     *
     * @param exact the value of a place; NaN is never the best
     * @param total how many places there are
     * @return as many as wanted, -1 where there is none
     */
    int[] best(int search, int total, IntToDoubleFunction exact) {
        int[] best = new int[wanted];
        Arrays.fill(best, -1);
        int count = counts[search];
        if (wanted == 1 && count == 1) {
            best[0] = places[search * CAPACITY];
            return best;
        }
        double[] most = new double[wanted];
        for (int i = 0; i < (count == OVERFLOW ? total : count); i++) {
            int place = count == OVERFLOW ? i : places[search * CAPACITY + i];
            double value = exact.applyAsDouble(place);
            for (int rank = 0; rank < wanted; rank++) {
                boolean before = best[rank] < 0 || value > most[rank] || value == most[rank] && place < best[rank];
                if (!Double.isNaN(value) && before) {
                    double lesser = most[rank];
                    int moved = best[rank];
                    most[rank] = value;
                    best[rank] = place;
                    value = lesser;
                    place = moved;
                    if (moved < 0) {
                        break;
                    }
                }
            }
        }
        return best;
    }
}
