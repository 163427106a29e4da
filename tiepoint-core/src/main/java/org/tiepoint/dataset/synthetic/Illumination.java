package org.tiepoint.dataset.synthetic;

import java.util.SplittableRandom;

/**
 * The light of one view.
 *
 * @param sun       unit vector to the sun
 * @param sunColour linear red, green, blue of the sun on a surface facing it
 * @param sky       linear red, green, blue of the light from all of the sky
 * @param exposure  factor on all of it
 */
record Illumination(Vec sun, double[] sunColour, double[] sky, double exposure) {
    /** Green light of a clear sky. */
    static final double SKY = 0.36;

    /** The light of a view: the scene's own for change 0, the further from it the larger the change (0 to 1). */
    static Illumination of(long seed, int view, double change) {
        SplittableRandom scene = new SplittableRandom(seed ^ 0x5eed5L);
        double azimuth = 2 * Math.PI * scene.nextDouble();
        double elevation = 0.7 + 0.35 * scene.nextDouble();
        SplittableRandom random = new SplittableRandom(Noise.hash((int) seed, view, 77) * 0x9e3779b97f4a7c15L);
        azimuth += change * 1.3 * spread(random);
        elevation = Math.max(0.3, Math.min(1.3, elevation + change * 0.5 * spread(random)));
        double cloud = change * random.nextDouble();
        double warmth = change * spread(random);
        double strength = 2.1 * (1 - 0.85 * cloud * cloud);
        double[] sun = {strength * (1 + 0.18 * warmth), strength * 0.96, strength * (0.88 - 0.22 * warmth)};
        double ambient = SKY * (1 + 0.9 * cloud);
        double[] sky = {ambient * (0.92 + 0.06 * warmth), ambient, ambient * (1.1 - 0.1 * warmth)};
        double exposure = StrictMath.pow(2, change * 1.2 * spread(random));
        return new Illumination(Vec.direction(azimuth, elevation), sun, sky, exposure);
    }

    private static double spread(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }
}
