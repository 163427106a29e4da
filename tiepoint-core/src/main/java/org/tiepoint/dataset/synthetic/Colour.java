package org.tiepoint.dataset.synthetic;

import java.util.SplittableRandom;

/** A display colour (sRGB), each part 0 to 1. */
record Colour(double r, double g, double b) {
    static Colour hex(int rgb) {
        return new Colour((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
    }

    static Colour grey(double level) {
        return new Colour(level, level, level);
    }

    static Colour pick(SplittableRandom random, int... choices) {
        return hex(choices[random.nextInt(choices.length)]);
    }

    /** A strong colour of random hue. */
    static Colour vivid(SplittableRandom random) {
        double hue = 6 * random.nextDouble();
        double low = 0.08 + 0.35 * random.nextDouble();
        double high = 0.6 + 0.4 * random.nextDouble();
        double span = high - low;
        return new Colour(low + span * ramp(hue + 2), low + span * ramp(hue), low + span * ramp(hue - 2 + 6));
    }

    private static double ramp(double hue) {
        double h = hue % 6;
        return Math.max(0, Math.min(1, 2 - Math.abs(h - 2)));
    }

    Colour times(double s) {
        return new Colour(r * s, g * s, b * s);
    }

    Colour mix(Colour other, double share) {
        return new Colour(r + share * (other.r - r), g + share * (other.g - g), b + share * (other.b - b));
    }

    /** A colour near this one: brightness within the share given, hue a little. */
    Colour near(SplittableRandom random, double share) {
        double light = 1 + share * (2 * random.nextDouble() - 1);
        double tint = 0.3 * share;
        return new Colour(r * light * (1 + tint * (2 * random.nextDouble() - 1)), g * light,
                b * light * (1 + tint * (2 * random.nextDouble() - 1)));
    }

    double luminance() {
        return 0.3 * r + 0.59 * g + 0.11 * b;
    }
}
