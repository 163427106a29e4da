package org.tiepoint.dataset.synthetic;

import java.util.SplittableRandom;

/** Paints printed matter: posters of random shapes and lines of invented letters. */
final class Poster {
    private Poster() {}

    /** A whole poster: a graded ground, shapes, a title and small print, a border. */
    static Canvas poster(double width, double height, double density, SplittableRandom random) {
        Colour top = Colour.vivid(random);
        Colour bottom = random.nextInt(3) == 0 ? Colour.grey(0.9) : Colour.vivid(random);
        int seed = random.nextInt();
        Canvas canvas = new Canvas(width, height, density).shade((u, v) -> top.mix(bottom, v / height)
                .times(1 + 0.25 * Noise.octaves(u / width * 4, v / height * 4, 4, 0.7, seed)));
        paint(canvas, 0, 0, width, height, random);
        double edge = 0.02 * Math.min(width, height) + 0.02;
        Colour frame = random.nextBoolean() ? Colour.grey(0.92) : Colour.grey(0.12);
        canvas.rectangle(0, 0, width, edge, frame).rectangle(0, height - edge, width, height, frame);
        canvas.rectangle(0, 0, edge, height, frame).rectangle(width - edge, 0, width, height, frame);
        return canvas.mottle(0.1, 5, 4, random.nextInt());
    }

    /** Posters of random sizes pasted side by side and over each other, as on an advertising column. */
    static Canvas pasted(double width, double height, double density, SplittableRandom random) {
        Canvas canvas = Masonry.plaster(width, height, density, Colour.grey(0.55), random);
        int count = (int) Math.ceil(width * height * 3.2);
        for (int i = 0; i < count; i++) {
            double w = 0.35 + 0.45 * random.nextDouble();
            double h = w * (0.8 + 0.8 * random.nextDouble());
            double u = random.nextDouble() * Math.max(0.01, width - w);
            double v = random.nextDouble() * Math.max(0.01, height - h);
            canvas.rectangle(u, v, u + w, v + h, random.nextInt(3) == 0 ? Colour.grey(0.9) : Colour.vivid(random));
            paint(canvas, u, v, u + w, v + h, random);
        }
        return canvas.mottle(0.2, 3, 5, random.nextInt());
    }

    private static void paint(Canvas canvas, double u0, double v0, double u1, double v1, SplittableRandom random) {
        double w = u1 - u0;
        double h = v1 - v0;
        double size = Math.min(w, h);
        int shapes = 5 + random.nextInt(9);
        for (int i = 0; i < shapes; i++) {
            double r = size * (0.05 + 0.24 * random.nextDouble());
            double u = u0 + r + random.nextDouble() * Math.max(0, w - 2 * r);
            double v = v0 + r + random.nextDouble() * Math.max(0, h - 2 * r);
            shape(canvas, u, v, r * 0.66, random);
        }
        Colour ink = random.nextBoolean() ? Colour.grey(0.06) : Colour.grey(0.95);
        double title = h * (0.08 + 0.06 * random.nextDouble());
        text(canvas, u0 + 0.08 * w, v0 + 0.06 * h, u1 - 0.08 * w, title, ink, random);
        double small = h * (0.03 + 0.02 * random.nextDouble());
        double v = v0 + h * (0.6 + 0.2 * random.nextDouble());
        while (v + small < v1 - 0.05 * h) {
            text(canvas, u0 + 0.08 * w, v, u0 + w * (0.6 + 0.32 * random.nextDouble()), small, ink, random);
            v += 1.7 * small;
        }
    }

    private static void shape(Canvas canvas, double u, double v, double r, SplittableRandom random) {
        Colour colour = Colour.vivid(random);
        Colour other = Colour.vivid(random);
        double turn = 2 * Math.PI * random.nextDouble();
        switch (random.nextInt(6)) {
            case 0 -> canvas.disc(u, v, r, colour).disc(u, v, 0.5 * r, other);
            case 1 -> canvas.ring(u, v, 0.8 * r, 0.2 * r, colour);
            case 2 -> canvas.polygon(u, v, r, 5 + random.nextInt(3), turn, colour).disc(u, v, 0.3 * r, other);
            case 3 -> canvas.ellipse(u, v, r, 0.45 * r, turn, colour).ellipse(u, v, 0.4 * r, 0.2 * r, turn, other);
            case 4 -> canvas.polygon(u, v, 1.3 * r, 2, turn, colour);
            default -> canvas.polygon(u, v, r, 4, turn, colour).polygon(u, v, 0.5 * r, 4, turn + 0.6, other);
        }
    }

    /** A line of invented letters, each a random pattern of strokes on a 3x5 grid, words apart. */
    static void text(Canvas canvas, double left, double top, double right, double height, Colour ink,
            SplittableRandom random) {
        double cell = height / 5;
        double u = left;
        while (u + 3 * cell <= right) {
            if (random.nextInt(6) == 0) {
                u += 2.5 * cell;
                continue;
            }
            int pattern = random.nextInt() | 1 << random.nextInt(15) | 1 << random.nextInt(15);
            for (int i = 0; i < 15; i++) {
                if ((pattern >> i & 1) == 1) {
                    double x = u + i % 3 * cell;
                    double y = top + i / 3 * cell;
                    canvas.rectangle(x, y, x + cell, y + cell, ink);
                }
            }
            u += 3.9 * cell;
        }
    }
}
