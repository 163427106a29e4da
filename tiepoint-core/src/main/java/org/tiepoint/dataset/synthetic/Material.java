package org.tiepoint.dataset.synthetic;

/**
 * What a surface looks like: a painted texture, finer grain computed on the spot, and unevenness of the normal.
 *
 * @param map   painted texture
 * @param grain amplitude of the noise above the texture's resolution, 0 to 1
 * @param bump  how far the normal leans, 0 for smooth
 * @param seed  of grain and bump
 */
record Material(MipMap map, double grain, double bump, int seed) {
    private static final double GRAIN_FREQUENCY = 7;

    /** Linear-light reflectance around a texture position, averaged over {@code footprint} metres. */
    void reflectance(double u, double v, double footprint, double[] colour) {
        map.sample(u, v, footprint, colour);
        double frequency = GRAIN_FREQUENCY;
        double amplitude = grain;
        double factor = 1;
        for (int octave = 0; octave < 4 && amplitude > 0; octave++) {
            double cycles = frequency * footprint;
            if (cycles > 0.7) {
                break;
            }
            double kept = cycles < 0.35 ? 1 : (0.7 - cycles) / 0.35;
            factor += kept * amplitude * Noise.value(u * frequency, v * frequency, seed + octave);
            frequency *= 2.3;
            amplitude *= 0.85;
        }
        colour[0] *= factor;
        colour[1] *= factor;
        colour[2] *= factor;
    }
}
