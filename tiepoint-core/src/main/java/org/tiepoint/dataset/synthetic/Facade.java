package org.tiepoint.dataset.synthetic;

import java.util.SplittableRandom;

/** Paints house fronts: a wall of brick or plaster with windows, a door, a shop sign, ivy. */
final class Facade {
    private final Canvas canvas;
    private final SplittableRandom random;
    private final Colour frame;
    private final Colour shutter;

    private Facade(Canvas canvas, SplittableRandom random) {
        this.canvas = canvas;
        this.random = random;
        this.frame = random.nextInt(3) == 0 ? Colour.grey(0.15) : Colour.grey(0.88);
        this.shutter = Colour.pick(random, 0x2f5d4a, 0x6b2f2a, 0x2d4668, 0x7a6a3c, 0x4a4a52).near(random, 0.3);
    }

    /** The wall alone, of a random kind. */
    static Canvas wall(double width, double height, double density, SplittableRandom random) {
        Colour base = Colour.pick(random, 0x9c4a35, 0xc9a37a, 0xb7b09f, 0xd0bf95, 0x8d9aa3, 0xb5705a, 0xc8c8bd)
                .near(random, 0.15);
        return switch (random.nextInt(4)) {
            case 0 -> Masonry.bricks(width, height, density, 0.3, 0.11, base, Colour.grey(0.66), 0.35, random);
            case 1 -> Masonry.bricks(width, height, density, 0.62, 0.3, base, base.times(0.6), 0.25, random);
            case 2 -> Masonry.planks(width, height, density, 0.22, random.nextBoolean(), base, random);
            default -> Masonry.plaster(width, height, density, base, random);
        };
    }

    /** A front with floors of windows; the lowest floor has a door and may have a sign. */
    static Canvas front(double width, double height, double density, SplittableRandom random) {
        Facade facade = new Facade(wall(width, height, density, random), random);
        double storey = height < 4 ? height : 2.6 + 0.5 * random.nextDouble();
        int floors = Math.max(1, (int) (height / storey));
        double bay = Math.max(1.1, width / Math.max(1, Math.round(width / (1.3 + 0.7 * random.nextDouble()))));
        int bays = Math.max(1, (int) (width / bay + 0.01));
        int door = random.nextInt(bays);
        double margin = (width - bays * bay) / 2;
        for (int floor = 0; floor < floors; floor++) {
            double foot = height - floor * storey;
            for (int i = 0; i < bays; i++) {
                double centre = margin + (i + 0.5) * bay;
                if (floor == 0 && i == door) {
                    facade.door(centre, foot, Math.min(0.5, 0.36 * bay), 0.74 * storey);
                } else {
                    facade.window(centre, foot - 0.78 * storey, Math.min(0.55, 0.28 * bay), 0.45 * storey);
                }
            }
            if (floor > 0) {
                facade.ledge(foot);
            }
        }
        if (random.nextInt(3) > 0) {
            facade.sign(height - storey, Math.min(0.5, 0.16 * storey));
        }
        if (random.nextInt(3) == 0) {
            facade.ivy(random.nextDouble() * width, height, 0.5 + random.nextDouble(), height * 0.6);
        }
        return facade.canvas;
    }

    private void window(double u, double top, double half, double height) {
        double bottom = top + height;
        if (random.nextInt(3) > 0) {
            double leaf = 0.75 * half;
            for (double left : new double[] {u - half - leaf, u + half}) {
                Colour paint = shutter.near(random, 0.15);
                canvas.rectangle(left, top, left + leaf, bottom, paint);
                for (double v = top + 0.06; v < bottom - 0.05; v += 0.11) {
                    canvas.rectangle(left + 0.04, v, left + leaf - 0.04, v + 0.04, paint.times(0.55));
                }
            }
        }
        canvas.rectangle(u - half - 0.05, top - 0.05, u + half + 0.05, bottom + 0.05, frame);
        Colour glass = new Colour(0.12, 0.16, 0.2).near(random, 0.5);
        canvas.rectangle(u - half, top, u + half, bottom, glass);
        Colour curtain = Colour.vivid(random).mix(Colour.grey(0.8), 0.4);
        double drawn = half * (0.2 + 0.7 * random.nextDouble());
        canvas.rectangle(u - half, top, u - half + drawn, bottom, curtain);
        canvas.rectangle(u + half - 0.6 * drawn, top, u + half, bottom, curtain.times(0.85));
        if (random.nextInt(3) == 0) {
            canvas.ellipse(u + 0.2 * half, bottom - 0.2, 0.12, 0.18, 0, Colour.vivid(random).times(0.7));
        }
        int panes = 1 + random.nextInt(3);
        for (int i = 1; i <= panes; i++) {
            double v = top + height * i / (panes + 1);
            canvas.rectangle(u - half, v - 0.02, u + half, v + 0.02, frame);
        }
        canvas.rectangle(u - 0.02, top, u + 0.02, bottom, frame);
        canvas.rectangle(u - half - 0.1, bottom + 0.04, u + half + 0.1, bottom + 0.11, frame.times(0.75));
        if (random.nextInt(3) == 0) {
            for (double x = u - half; x < u + half; x += 0.07) {
                canvas.ellipse(x, bottom - 0.02 - 0.08 * random.nextDouble(), 0.05, 0.035,
                        3 * random.nextDouble(), random.nextInt(3) == 0 ? Colour.vivid(random)
                        : new Colour(0.2, 0.38, 0.12).near(random, 0.5));
            }
        }
    }

    private void door(double u, double foot, double half, double height) {
        Colour leaf = shutter.near(random, 0.4);
        canvas.rectangle(u - half - 0.1, foot - height - 0.1, u + half + 0.1, foot, frame.times(0.8));
        canvas.rectangle(u - half, foot - height, u + half, foot, leaf);
        for (int i = 0; i < 3; i++) {
            double top = foot - height + 0.1 + i * (height - 0.1) / 3;
            for (int side = -1; side <= 1; side += 2) {
                double middle = u + side * half / 2;
                canvas.rectangle(middle - 0.36 * half, top, middle + 0.36 * half, top + height / 3 - 0.15,
                        i == 0 && side == 1 ? new Colour(0.15, 0.2, 0.25) : leaf.times(0.7));
            }
        }
        canvas.disc(u + 0.8 * half, foot - 0.45 * height, 0.04, new Colour(0.85, 0.7, 0.3));
        text(u - half, foot - height - 0.09, u + half, 0.07);
    }

    private void text(double left, double top, double right, double height) {
        Poster.text(canvas, left, top, right, height, Colour.grey(0.1), random);
    }

    private void ledge(double v) {
        canvas.rectangle(0, v - 0.08, canvas.width, v + 0.02, frame.times(0.8));
        canvas.rectangle(0, v + 0.02, canvas.width, v + 0.05, Colour.grey(0.25));
    }

    private void sign(double top, double height) {
        double left = canvas.width * (0.05 + 0.2 * random.nextDouble());
        double right = canvas.width * (0.7 + 0.25 * random.nextDouble());
        Colour board = Colour.vivid(random);
        canvas.rectangle(left, top, right, top + height, board);
        Colour ink = board.luminance() > 0.45 ? Colour.grey(0.08) : Colour.grey(0.95);
        Poster.text(canvas, left + 0.1, top + 0.2 * height, right - 0.1, 0.6 * height, ink, random);
    }

    private void ivy(double u, double foot, double half, double height) {
        int leaves = (int) (half * height * 260);
        for (int i = 0; i < leaves; i++) {
            double up = random.nextDouble();
            double x = u + half * (1 - 0.7 * up) * (random.nextDouble() + random.nextDouble() - 1);
            Colour leaf = new Colour(0.2, 0.36, 0.13).near(random, 0.55);
            canvas.ellipse(x, foot - up * up * height, 0.06 + 0.03 * random.nextDouble(), 0.04,
                    Math.PI * random.nextDouble(), leaf);
        }
    }
}
