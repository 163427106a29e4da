package org.tiepoint.dataset.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Lays out a town square: houses, a tower, a monument, advertising columns, billboards, crates, trees and a hill within
 * 7.5 m of the centre; a ring of houses 25 m away.
 */
final class Town {
    private static final double SQUARE = 34;

    private final List<Surface> surfaces = new ArrayList<>();
    private final Solids solids = new Solids(surfaces);
    private final List<Vec> taken = new ArrayList<>();
    private final SplittableRandom random;

    private Town(long seed) {
        random = new SplittableRandom(seed);
    }

    static List<Surface> build(long seed) {
        Town town = new Town(seed);
        town.ground();
        town.ring();
        town.centre();
        return town.surfaces;
    }

    private void ground() {
        double half = SQUARE / 2;
        Material square = rough(Greenery.square(SQUARE, 40, random), 0.3);
        surfaces.add(Facet.rectangle(new Vec(-half, half, 0), new Vec(SQUARE, 0, 0), new Vec(0, -SQUARE, 0), square));
        Material field = rough(Greenery.meadow(20, 20, 24, 1.5, random), 0.35);
        double far = 60;
        double side = far - half;
        Vec[] corners = {new Vec(-far, far, 0), new Vec(-far, -half, 0), new Vec(-far, half, 0),
            new Vec(half, half, 0)};
        double[][] sizes = {{2 * far, side}, {2 * far, side}, {side, SQUARE}, {side, SQUARE}};
        for (int i = 0; i < 4; i++) {
            surfaces.add(Facet.rectangle(corners[i], new Vec(sizes[i][0], 0, 0), new Vec(0, -sizes[i][1], 0), field));
        }
    }

    private void ring() {
        int houses = 16;
        for (int i = 0; i < houses; i++) {
            double azimuth = 2 * Math.PI * (i + 0.3 * random.nextDouble()) / houses;
            double distance = 26 + 3 * random.nextDouble();
            Vec foot = Vec.direction(azimuth, 0).times(distance + 3);
            Solids.Frame frame = Solids.Frame.of(azimuth - Math.PI / 2, 0);
            house(foot, frame, 7.5 + 3 * random.nextDouble(), 6, 5.5 + 4 * random.nextDouble(),
                    1.5 + 2 * random.nextDouble(), 26);
            if (i % 2 == 0) {
                Vec spot = Vec.direction(azimuth + 0.2, 0).times(18.5 + 3 * random.nextDouble());
                tree(spot, 1.6 + 0.6 * random.nextDouble());
            }
        }
    }

    private void centre() {
        for (int i = 0; i < 3; i++) {
            Vec foot = place(2.1, 2.2, 4.6);
            double width = 2.4 + 1.0 * random.nextDouble();
            house(foot, turned(), width, 2 + 0.6 * random.nextDouble(), 2.2 + 1.1 * random.nextDouble(),
                    0.8 + 0.7 * random.nextDouble(), 64);
        }
        tower(place(1.2, 0, 5));
        monument(place(1.3, 0, 5));
        for (int i = 0; i < 2; i++) {
            advertisingColumn(place(0.7, 3, 6.8));
        }
        for (int i = 0; i < 4; i++) {
            billboard(place(1.0, 3.5, 7));
        }
        for (int i = 0; i < 7; i++) {
            crate(place(0.6, 1, 7.2));
        }
        for (int i = 0; i < 4; i++) {
            tree(place(0.9, 2, 6.2), 0.8 + 0.4 * random.nextDouble());
        }
        for (int i = 0; i < 3; i++) {
            double radius = 0.3 + 0.3 * random.nextDouble();
            Vec foot = place(radius, 2, 7.2);
            surfaces.add(new Ball(foot.plus(new Vec(0, 0, 0.95 * radius)), radius, smooth(random.nextBoolean()
                    ? Masonry.tiles(2, 2, 90, 0.22, random) : Poster.pasted(2, 2, 90, random))));
        }
        Vec hill = place(1.6, 4, 7);
        solids.hill(hill, 1.9, 0.5 + 0.5 * random.nextDouble(), 14, random.nextInt(),
                rough(Greenery.meadow(4, 4, 70, 9, random), 0.4));
    }

    /** A free spot for something of this radius, between two distances from the centre; close spots if all is full. */
    private Vec place(double radius, double nearest, double farthest) {
        Vec spot = new Vec(0, 0, 0);
        for (int attempt = 0; attempt < 400; attempt++) {
            double distance = nearest + (farthest - nearest) * Math.sqrt(random.nextDouble());
            spot = Vec.direction(2 * Math.PI * random.nextDouble(), 0).times(distance);
            double squeeze = 1 - attempt / 500.0;
            boolean free = true;
            for (Vec other : taken) {
                double apart = StrictMath.hypot(other.x() - spot.x(), other.y() - spot.y());
                free &= apart > squeeze * (radius + other.z());
            }
            if (free) {
                break;
            }
        }
        taken.add(new Vec(spot.x(), spot.y(), radius));
        return spot;
    }

    private void house(Vec foot, Solids.Frame frame, double width, double depth, double height, double ridge,
            double density) {
        Solids.Paint front = (w, h) -> rough(Facade.front(w, h, density, random), 0.22);
        Solids.Paint gable = (w, h) -> rough(Facade.wall(w, h, density, random), 0.25);
        Colour tiles = Colour.pick(random, 0xa2553c, 0x7c4a3c, 0x5b5f68, 0x8f6a4a, 0x6f7a5d);
        Solids.Paint roof = (w, h) -> rough(Masonry.roof(w, h, density, tiles, random), 0.25);
        solids.house(foot, frame, width, depth, height, ridge, new Solids.Paint[] {front, front, front, front}, gable,
                roof);
    }

    private void tower(Vec foot) {
        double radius = 0.8 + 0.3 * random.nextDouble();
        double height = 3.2 + 1.5 * random.nextDouble();
        Canvas wall = Facade.front(2 * Math.PI * radius, height, 64, random);
        surfaces.add(new Frustum(foot, radius, 0.93 * radius, height, rough(wall, 0.22)));
        Vec eaves = foot.plus(new Vec(0, 0, height));
        surfaces.add(new Frustum(eaves, 1.2 * radius, 0, 1.1 + random.nextDouble(), rough(Masonry.roof(
                2.4 * Math.PI * radius, 2, 64, Colour.pick(random, 0xa2553c, 0x5b5f68, 0x4f6f62), random), 0.25)));
    }

    private void monument(Vec foot) {
        Solids.Frame frame = turned();
        Colour stone = Colour.pick(random, 0xb9b2a3, 0x9a8f86, 0xa7a9ac);
        double size = 2;
        double height = 0;
        for (int step = 0; step < 3; step++) {
            double rise = step == 2 ? 0.9 : 0.3;
            solids.box(foot.plus(new Vec(0, 0, height)), frame, size, size, rise, (w, h) -> rough(
                    inscribed(Masonry.bricks(w, h, 80, 0.45, 0.3, stone, stone.times(0.5), 0.25, random)), 0.3));
            height += rise;
            size -= 0.5;
        }
        Vec top = foot.plus(new Vec(0, 0, height));
        double tall = 1.2 + 0.8 * random.nextDouble();
        surfaces.add(new Frustum(top, 0.34, 0.27, tall, rough(Masonry.tiles(2.2, tall, 80, 0.18, random), 0.2)));
        surfaces.add(new Ball(top.plus(new Vec(0, 0, tall + 0.4)), 0.45,
                rough(Masonry.flagstones(3, 1.5, 80, 0.2, stone, random), 0.3)));
    }

    private Canvas inscribed(Canvas canvas) {
        for (double v = 0.12; v + 0.2 < canvas.height && canvas.height > 0.5; v += 0.2) {
            Poster.text(canvas, 0.12, v, canvas.width - 0.12, 0.12, Colour.grey(0.15), random);
        }
        return canvas;
    }

    private void advertisingColumn(Vec foot) {
        double radius = 0.45 + 0.15 * random.nextDouble();
        double height = 2 + 0.5 * random.nextDouble();
        surfaces.add(new Frustum(foot, radius, radius, height,
                smooth(Poster.pasted(2 * Math.PI * radius, height, 80, random))));
        surfaces.add(new Frustum(foot.plus(new Vec(0, 0, height)), 1.15 * radius, 0.1, 0.4,
                rough(Masonry.roof(4, 1, 80, new Colour(0.3, 0.42, 0.38), random), 0.25)));
    }

    private void billboard(Vec foot) {
        double lean = -Math.toRadians(45 * random.nextDouble());
        Solids.Frame frame = Solids.Frame.of(2 * Math.PI * random.nextDouble(), lean);
        Solids.Paint poster = (w, h) -> smooth(Poster.poster(w, h, 84, random));
        Solids.Paint edge = (w, h) -> rough(Masonry.planks(w, h, 60, 0.1, true, Colour.grey(0.4), random), 0.2);
        solids.box(foot.plus(new Vec(0, 0, 0.1 + 0.4 * random.nextDouble())), frame, 1.3 + 0.7 * random.nextDouble(),
                0.1, 1.1 + 0.7 * random.nextDouble(), new Solids.Paint[] {poster, edge, poster, edge}, edge);
    }

    private void crate(Vec foot) {
        double size = 0.5 + 0.5 * random.nextDouble();
        Colour wood = Colour.pick(random, 0xa27b4f, 0x8a6a48, 0xb79a6a, 0x6d7f86);
        Solids.Paint paint = switch (random.nextInt(3)) {
            case 0 -> (w, h) -> smooth(Poster.poster(w, h, 90, random));
            case 1 -> (w, h) -> rough(Masonry.tiles(w, h, 90, 0.15, random), 0.2);
            default -> (w, h) -> rough(stencilled(Masonry.planks(w, h, 90, 0.14, true, wood, random)), 0.25);
        };
        solids.box(foot, turned(), size, 0.8 * size, 0.9 * size, paint);
        if (random.nextBoolean()) {
            solids.box(foot.plus(new Vec(0, 0, 0.9 * size)), turned(), 0.6 * size, 0.6 * size, 0.5 * size, paint);
        }
    }

    private Canvas stencilled(Canvas canvas) {
        Poster.text(canvas, 0.1, 0.3 * canvas.height, canvas.width - 0.1, 0.25 * canvas.height, Colour.grey(0.1),
                random);
        return canvas;
    }

    private void tree(Vec foot, double scale) {
        double trunk = 1.3 * scale;
        surfaces.add(new Frustum(foot, 0.16 * scale, 0.11 * scale, trunk + 0.5 * scale,
                rough(Greenery.bark(2, 2, 70, random), 0.3)));
        Material leaves = new Material(Greenery.leaves(3, 3, 56, random).bake(), 0.3, 0.5, random.nextInt());
        for (int i = 0; i < 14; i++) {
            double up = trunk + scale * (0.25 + 1.1 * random.nextDouble());
            double reach = 0.75 - 0.35 * (up - trunk) / scale;
            Vec side = Vec.direction(2.4 * i + random.nextDouble(), 0).times(reach * scale * random.nextDouble());
            surfaces.add(new Ball(foot.plus(side).plus(new Vec(0, 0, up)), scale * (0.28 + 0.17 * random.nextDouble()),
                    leaves));
        }
    }

    private Solids.Frame turned() {
        return Solids.Frame.of(2 * Math.PI * random.nextDouble(), 0);
    }

    private Material rough(Canvas canvas, double grain) {
        return new Material(canvas.bake(), grain, 0, random.nextInt());
    }

    private Material smooth(Canvas canvas) {
        return new Material(canvas.bake(), 0.06, 0, random.nextInt());
    }
}
