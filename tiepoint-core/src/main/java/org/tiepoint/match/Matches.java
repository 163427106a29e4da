package org.tiepoint.match;

/**
 * Pairs of key points of two images.
 *
 * @param indices m x 2, row-major: index in the first and in the second image; shared, not copied
 * @param scores  m, the higher the surer
 */
public record Matches(int[] indices, float[] scores) {
    public Matches {
        if (indices.length != 2 * scores.length) {
            throw new IllegalArgumentException(scores.length + " matches need " + 2 * scores.length
                    + " indices, got " + indices.length);
        }
    }

    public int count() {
        return scores.length;
    }

    public int first(int i) {
        return indices[2 * i];
    }

    public int second(int i) {
        return indices[2 * i + 1];
    }
}
