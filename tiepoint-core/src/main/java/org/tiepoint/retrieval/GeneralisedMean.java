package org.tiepoint.retrieval;

/**
 * GeM pooling (Radenovic, Tolias and Chum, Fine-tuning CNN Image Retrieval with No Human Annotation, TPAMI 2019): of each
 * channel of a map, the mean of the values' p-th powers, its p-th root; then scaled to length 1. As there, values below
 * 1e-6 count as 1e-6, and p is 3 for all channels; p 1 would be the mean, a large p the maximum. Departure: no whitening
 * is learned.
 */
public final class GeneralisedMean {
    private static final double LEAST = 1e-6;

    private GeneralisedMean() {}

    /**
     * Pools a map.
     *
     * @param map      channels x positions, row-major
     * @param channels numbers of the result, at least 1
     * @param p        above 0
     */
    public static float[] pool(float[] map, int channels, double p) {
        if (channels < 1 || map.length == 0 || map.length % channels != 0) {
            throw new IllegalArgumentException("a map of " + map.length + " numbers does not have " + channels
                    + " channels");
        }
        if (!(p > 0 && p < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("p is " + p + ": it must be above 0");
        }
        int positions = map.length / channels;
        float[] pooled = new float[channels];
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int i = c * positions; i < (c + 1) * positions; i++) {
                double value = Math.max(LEAST, map[i]);
                sum += p == 3 ? value * value * value : Math.pow(value, p);
            }
            pooled[c] = (float) Math.pow(sum / positions, 1 / p);
        }
        UnitLength.scale(pooled, 0, channels);
        return pooled;
    }
}
