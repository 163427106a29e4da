package org.tiepoint.stylise;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Lamps in the picture: their light falls off with the distance, each has a halo. */
final class Lamps {
    /** Sodium, incandescent, white LED, mercury: red, green, blue. */
    private static final double[][] COLOURS = {
        {1, 0.55, 0.16}, {1, 0.72, 0.42}, {0.95, 0.95, 1}, {0.75, 1, 0.85}};
    /** The brightest fiftieth of the picture is exposed to so much light at most. */
    private static final double EXPOSED = 0.8;

    /**
     * One lamp.
     *
     * @param x      in pixels
     * @param y      in pixels
     * @param reach  distance in pixels at which its light is a third
     * @param halo   of the lamp itself, a deviation in pixels
     * @param power  of its light on the scene, in units of the photo's own
     * @param colour red, green, blue
     */
    private record Lamp(double x, double y, double reach, double halo, double power, double[] colour) {
        static Lamp draw(int width, int height, SplittableRandom random) {
            double diagonal = Math.hypot(width, height);
            return new Lamp(width * random.nextDouble(), height * random.nextDouble(0.15, 0.8),
                    diagonal * random.nextDouble(0.08, 0.25), diagonal * random.nextDouble(0.004, 0.01),
                    random.nextDouble(0.3, 1), COLOURS[random.nextInt(COLOURS.length)]);
        }

        double light(double squaredDistance) {
            return power * Math.pow(1 + squaredDistance / (reach * reach), -1.5);
        }

        double glow(double squaredDistance) {
            double squared = squaredDistance / (halo * halo);
            return power * (1.5 * Math.exp(-squared / 2) + 0.12 / (1 + squared / 9));
        }
    }

    private Lamps() {}

    static LinearLight night(PhotoScene scene, SplittableRandom random) {
        int width = scene.sky().width();
        int height = scene.sky().height();
        double ambient = random.nextDouble(0.015, 0.06);
        double[] ambientColour = {ambient * 0.7, ambient * 0.85, ambient * 1.25};
        double skyLight = random.nextDouble(0.005, 0.03);
        Lamp[] lamps = new Lamp[random.nextInt(2, 6)];
        Arrays.setAll(lamps, i -> Lamp.draw(width, height, random));
        LinearLight lit = scene.light().map((c, plane) -> {
            Plane result = Plane.empty(width, height);
            for (int i = 0; i < result.values().length; i++) {
                double falling = ambientColour[c];
                double glow = 0;
                for (Lamp lamp : lamps) {
                    double dx = i % width - lamp.x();
                    double dy = i / width - lamp.y();
                    double squared = dx * dx + dy * dy;
                    falling += lamp.colour()[c] * lamp.light(squared);
                    glow += lamp.colour()[c] * lamp.glow(squared);
                }
                double sky = scene.sky().values()[i];
                double v = plane.values()[i];
                result.values()[i] = (float) (v * ((1 - sky) * falling + sky * skyLight) + glow);
            }
            return result;
        });
        double gain = random.nextDouble(0.35, 1) * Math.min(3, EXPOSED / percentile(lit.luminance(), 0.98));
        double noise = random.nextDouble(0, 0.012);
        return lit.map((c, plane) -> plane.map(v -> {
            double light = gain * v;
            return light + noise * Math.sqrt(light + 0.01) * gaussian(random);
        }));
    }

    private static double percentile(Plane plane, double share) {
        float[] sorted = plane.values().clone();
        Arrays.sort(sorted);
        return Math.max(1e-3, sorted[(int) (share * (sorted.length - 1))]);
    }

    /** By Box and Muller, the same on every Java version. */
    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
