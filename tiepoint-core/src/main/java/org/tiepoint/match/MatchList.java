package org.tiepoint.match;

import java.util.Arrays;

/** Collects matches. */
final class MatchList {
    private final int[] indices;
    private final float[] scores;
    private int count;

    MatchList(int capacity) {
        indices = new int[2 * capacity];
        scores = new float[capacity];
    }

    void add(int first, int second, float score) {
        indices[2 * count] = first;
        indices[2 * count + 1] = second;
        scores[count++] = score;
    }

    Matches toMatches() {
        return new Matches(Arrays.copyOf(indices, 2 * count), Arrays.copyOf(scores, count));
    }
}
