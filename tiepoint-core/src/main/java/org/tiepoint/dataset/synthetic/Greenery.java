package org.tiepoint.dataset.synthetic;

import java.util.SplittableRandom;

/** Paints plants and ground: leaves, bark, grass with flowers, the square's paving. */
final class Greenery {
    private Greenery() {}

    /** A leafy crown: many overlapping leaves on dark depth. */
    static Canvas leaves(double width, double height, double density, SplittableRandom random) {
        Colour base = Colour.pick(random, 0x4f7a2e, 0x6d8a35, 0x3c6b3a, 0x94852f, 0xa2622c);
        Canvas canvas = new Canvas(width, height, density).fill(base.times(0.3));
        int count = (int) (width * height * 130);
        for (int i = 0; i < count; i++) {
            double size = 0.05 + 0.06 * random.nextDouble();
            canvas.ellipse(random.nextDouble() * width, random.nextDouble() * height, size, 0.5 * size,
                    Math.PI * random.nextDouble(), base.near(random, 0.5).times(0.5 + 0.7 * i / count));
        }
        return canvas.mottle(0.25, 1.2, 3, random.nextInt());
    }

    /** Bark: upright ridges. */
    static Canvas bark(double width, double height, double density, SplittableRandom random) {
        int seed = random.nextInt();
        Colour base = Colour.pick(random, 0x6b5440, 0x8a7a66, 0x574a3e);
        return new Canvas(width, height, density).shade((u, v) ->
                base.times(1 + 0.7 * Noise.octaves(u * 22, v * 5, 4, 0.7, seed)));
    }

    /** Grass in patches with flowers and fallen leaves. */
    static Canvas meadow(double width, double height, double density, double flowers, SplittableRandom random) {
        int seed = random.nextInt();
        Canvas canvas = new Canvas(width, height, density).shade((u, v) -> grass(u, v, seed));
        int count = (int) (width * height * flowers);
        for (int i = 0; i < count; i++) {
            double u = random.nextDouble() * width;
            double v = random.nextDouble() * height;
            double r = 0.025 + 0.05 * random.nextDouble();
            if (random.nextInt(3) == 0) {
                canvas.ellipse(u, v, r, 0.5 * r, Math.PI * random.nextDouble(),
                        new Colour(0.6, 0.42, 0.2).near(random, 0.5));
            } else {
                canvas.disc(u, v, r, Colour.vivid(random)).disc(u, v, 0.4 * r, Colour.grey(0.9));
            }
        }
        return canvas;
    }

    static Colour grass(double u, double v, int seed) {
        double patch = Noise.octaves(u * 0.6, v * 0.6, 3, 0.6, seed);
        double blade = Noise.octaves(u * 9, v * 9, 3, 0.8, seed + 4);
        Colour green = new Colour(0.33, 0.45, 0.18).mix(new Colour(0.55, 0.5, 0.26), 0.5 + 0.6 * patch);
        return green.times(1 + 0.5 * blade);
    }

    /** The square: flagstones, a rim of bricks, lawns, stains, painted marks and litter. */
    static Canvas square(double size, double density, SplittableRandom random) {
        int seed = random.nextInt();
        Colour stone = Colour.pick(random, 0x9a938a, 0xa8957c, 0x8b8f96, 0xa78a76).near(random, 0.1);
        double half = size / 2;
        double wave = 1 + random.nextDouble();
        Canvas canvas = new Canvas(size, size, density).shade((u, v) -> {
            double x = u - half;
            double y = v - half;
            double r = Math.sqrt(x * x + y * y);
            double wobble = Noise.octaves(x * 0.25 * wave, y * 0.25 * wave, 3, 0.5, seed + 20);
            double zone = r + 1.2 * wobble;
            if (zone > 5.2 && zone < 8.2 && Noise.value(x * 0.22, y * 0.22, seed + 30) > 0) {
                return grass(u, v, seed + 40);
            }
            if (Math.abs(r - 9.5) < 0.5) {
                return Masonry.flagstone(u, v, 0.2, new Colour(0.62, 0.4, 0.32), seed + 50);
            }
            return Masonry.flagstone(u, v, r < 9 ? 0.55 : 0.8, stone, seed + 60);
        });
        for (int i = 0; i < 320; i++) {
            litter(canvas, size, random);
        }
        return canvas.mottle(0.35, 0.8, 6, seed + 70);
    }

    private static void litter(Canvas canvas, double size, SplittableRandom random) {
        double u = random.nextDouble() * size;
        double v = random.nextDouble() * size;
        double turn = Math.PI * random.nextDouble();
        switch (random.nextInt(7)) {
            case 0 -> canvas.ring(u, v, 0.2 + 0.3 * random.nextDouble(), 0.04, Colour.grey(0.85));
            case 1 -> canvas.disc(u, v, 0.28, Colour.grey(0.2)).ring(u, v, 0.2, 0.03, Colour.grey(0.45));
            case 2 -> Poster.text(canvas, u, v, u + 1.2, 0.3, Colour.grey(0.8), random);
            case 3 -> canvas.ellipse(u, v, 0.6 * random.nextDouble() + 0.1, 0.25, turn, Colour.grey(0.3));
            default -> canvas.ellipse(u, v, 0.09, 0.05, turn, Colour.pick(random, 0xb5651d, 0xc9a227, 0x7a3b1e,
                    0xe8e4da, 0x3a3a3a));
        }
    }
}
