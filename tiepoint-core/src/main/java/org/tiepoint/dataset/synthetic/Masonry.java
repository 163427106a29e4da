package org.tiepoint.dataset.synthetic;

import java.util.SplittableRandom;

/** Paints walls, floors and roofs of stone, brick, tile and wood. Sizes in metres, density in texels a metre. */
final class Masonry {
    private Masonry() {}

    /** Courses of bricks or blocks, every other one shifted by half a brick, each brick of its own shade. */
    static Canvas bricks(double width, double height, double density, double length, double course, Colour base,
            Colour mortar, double variation, SplittableRandom random) {
        int seed = random.nextInt();
        double joint = Math.max(0.06 * course, 0.7 / density);
        return new Canvas(width, height, density).shade((u, v) -> {
            int row = (int) Math.floor(v / course);
            double along = u + (row & 1) * length / 2;
            int column = (int) Math.floor(along / length);
            double du = Math.min(along - column * length, (column + 1) * length - along);
            double dv = Math.min(v - row * course, (row + 1) * course - v);
            double light = 1 + variation * (2 * Noise.unit(column, row, seed) - 1);
            Colour brick = base.times(light).mix(new Colour(0.62, 0.5, 0.36).times(light),
                    0.35 * Noise.unit(column, row, seed + 1));
            double cover = Math.max(0, Math.min(1, (Math.min(du, dv) - joint / 2) * density + 0.5));
            return mortar.mix(brick, cover);
        }).mottle(0.3, 3, 5, seed + 2);
    }

    /** Irregular flat stones with dark joints. */
    static Canvas flagstones(double width, double height, double density, double size, Colour base,
            SplittableRandom random) {
        int seed = random.nextInt();
        return new Canvas(width, height, density).shade((u, v) -> flagstone(u, v, size, base, seed))
                .mottle(0.28, 2.5, 5, seed + 5);
    }

    static Colour flagstone(double u, double v, double size, Colour base, int seed) {
        int[] cell = new int[2];
        double border = Noise.cells(u / size, v / size, seed, cell);
        double light = 0.65 + 0.6 * Noise.unit(cell[0], cell[1], seed + 2);
        Colour stone = base.times(light).mix(new Colour(0.6, 0.42, 0.33).times(light),
                0.5 * Noise.unit(cell[0], cell[1], seed + 3));
        return base.times(0.35).mix(stone, Math.min(1, border / 0.12));
    }

    /** Square tiles in a few colours, some with an inlay. */
    static Canvas tiles(double width, double height, double density, double size, SplittableRandom random) {
        Canvas canvas = new Canvas(width, height, density).fill(Colour.grey(0.35));
        Colour[] palette = {Colour.vivid(random), Colour.vivid(random), Colour.grey(0.8), Colour.grey(0.3)};
        double half = size / 2;
        for (double v = half; v < height; v += size) {
            for (double u = half; u < width; u += size) {
                Colour tile = palette[random.nextInt(palette.length)].near(random, 0.2);
                canvas.rectangle(u - 0.94 * half, v - 0.94 * half, u + 0.94 * half, v + 0.94 * half, tile);
                Colour inlay = palette[random.nextInt(palette.length)].near(random, 0.3);
                switch (random.nextInt(5)) {
                    case 0 -> canvas.disc(u, v, 0.55 * half, inlay);
                    case 1 -> canvas.polygon(u, v, half, 4, Math.PI / 4, inlay);
                    case 2 -> canvas.ring(u, v, 0.5 * half, 0.12 * half, inlay);
                    case 3 -> canvas.rectangle(u - 0.9 * half, v - 0.9 * half, u, v, inlay);
                    default -> { }
                }
            }
        }
        return canvas.mottle(0.2, 3, 5, random.nextInt());
    }

    /** Overlapping roof tiles: rows of rounded lower edges. */
    static Canvas roof(double width, double height, double density, Colour base, SplittableRandom random) {
        int seed = random.nextInt();
        double pitch = 0.26;
        double row = 0.3;
        return new Canvas(width, height, density).shade((u, v) -> {
            int j = (int) Math.floor(v / row);
            double along = u / pitch + (j & 1) * 0.5;
            int i = (int) Math.floor(along);
            double across = along - i - 0.5;
            double down = v / row - j - (0.85 - 1.2 * across * across);
            if (down > 0) {
                across = across > 0 ? across - 0.5 : across + 0.5;
            }
            double light = 0.65 + 0.6 * Noise.unit(i, j, seed) - 0.5 * across * across;
            double shadow = down > 0 && down < 0.12 ? 0.35 : 1;
            return base.times(light * shadow);
        }).mottle(0.3, 1.2, 5, seed + 1);
    }

    /** Boards side by side with grain, knots and gaps; upright, or across when {@code level}. */
    static Canvas planks(double width, double height, double density, double board, boolean level, Colour base,
            SplittableRandom random) {
        int seed = random.nextInt();
        return new Canvas(width, height, density).shade((u, v) -> {
            double across = (level ? v : u) / board;
            double along = level ? u : v;
            int i = (int) Math.floor(across);
            double edge = Math.min(across - i, i + 1 - across) * board;
            double light = 0.7 + 0.5 * Noise.unit(i, 0, seed);
            double grain = Noise.octaves(along * 1.5, across * board * 30 + 40 * i, 3, 0.7, seed + 1);
            double knot = Noise.value(along * 2.2 + 17 * i, across * 1.3, seed + 4);
            double dark = knot > 0.72 ? 0.45 : 1;
            return base.times(light * (1 + 0.25 * grain) * dark * (edge < 0.008 ? 0.3 : 1));
        }).mottle(0.2, 2, 4, seed + 6);
    }

    /** Stained plaster with a few cracks' worth of fine grain. */
    static Canvas plaster(double width, double height, double density, Colour base, SplittableRandom random) {
        int seed = random.nextInt();
        return new Canvas(width, height, density).shade((u, v) -> {
            double patch = Noise.octaves(u * 0.9, v * 0.9, 4, 0.6, seed);
            Colour worn = patch > 0.45 ? base.mix(new Colour(0.52, 0.42, 0.35), 0.65) : base;
            double streak = Noise.octaves(u * 5, v * 0.4, 3, 0.6, seed + 5);
            return worn.times(1 + 0.12 * patch + 0.1 * streak);
        }).mottle(0.18, 6, 4, seed + 9);
    }
}
