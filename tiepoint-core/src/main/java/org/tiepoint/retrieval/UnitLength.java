package org.tiepoint.retrieval;

/** Scaling of vectors to Euclidean length 1. */
final class UnitLength {
    private UnitLength() {}

    /** Scales part of an array in place; a part that is all 0 stays. */
    static void scale(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) values[i] * values[i];
        }
        if (sum > 0) {
            double factor = 1 / Math.sqrt(sum);
            for (int i = from; i < from + count; i++) {
                values[i] = (float) (values[i] * factor);
            }
        }
    }
}
