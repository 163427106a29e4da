package org.tiepoint.dataset.synthetic;

import java.util.List;
import java.util.function.BiFunction;

/** Puts surfaces together to closed bodies: boxes in any attitude, houses with gable roofs, hills. */
final class Solids {
    private final List<Surface> surfaces;

    /** Paints the material of a face from its width and height in metres. */
    interface Paint extends BiFunction<Double, Double, Material> {}

    Solids(List<Surface> surfaces) {
        this.surfaces = surfaces;
    }

    /** An attitude: three unit vectors at right angles, x across the front, y into the body, z up. */
    record Frame(Vec x, Vec y, Vec z) {
        /** Turned by yaw about the vertical and leaning back by tilt, in radians. */
        static Frame of(double yaw, double tilt) {
            Vec x = Vec.direction(yaw, 0);
            Vec y = Vec.direction(yaw + Math.PI / 2, tilt);
            return new Frame(x, y, x.cross(y));
        }
    }

    /**
     * A box standing with the middle of its foot at {@code foot}.
     *
     * @param sides paint of the front (towards -y), right, back and left
     * @param top   paint of the upper face; the lower one gets it too
     */
    void box(Vec foot, Frame f, double width, double depth, double height, Paint[] sides, Paint top) {
        Vec x = f.x().times(width / 2);
        Vec y = f.y().times(depth / 2);
        Vec up = f.z().times(height);
        Vec[] out = {y.times(-1), x, y, x.times(-1)};
        for (int i = 0; i < 4; i++) {
            Vec right = out[(i + 1) % 4];
            double across = 2 * right.length();
            surfaces.add(Facet.rectangle(foot.plus(out[i]).minus(right).plus(up), right.times(2), up.times(-1),
                    sides[i].apply(across, height)));
        }
        Vec corner = foot.minus(x).plus(y);
        surfaces.add(Facet.rectangle(corner.plus(up), x.times(2), y.times(-2), top.apply(width, depth)));
        surfaces.add(Facet.rectangle(corner.minus(y.times(2)), x.times(2), y.times(2), top.apply(width, depth)));
    }

    void box(Vec foot, Frame f, double width, double depth, double height, Paint all) {
        box(foot, f, width, depth, height, new Paint[] {all, all, all, all}, all);
    }

    /** A house: four fronts and a gable roof, its ridge along x, of a height over the eaves. */
    void house(Vec foot, Frame f, double width, double depth, double height, double ridge, Paint[] fronts, Paint gable,
            Paint roof) {
        box(foot, f, width, depth, height, fronts, gable);
        Vec eaves = foot.plus(f.z().times(height));
        Vec up = f.z().times(ridge);
        for (int side = -1; side <= 1; side += 2) {
            Vec across = f.x().times(side);
            Vec right = f.y().times(side);
            Vec wall = eaves.plus(across.times(width / 2));
            Vec apex = wall.plus(up);
            Vec left = wall.minus(right.times(depth / 2)).minus(apex);
            Vec down = wall.plus(right.times(depth / 2)).minus(apex);
            surfaces.add(Facet.triangle(apex, down, left,
                    new double[] {depth / 2, 0, depth / 2, ridge, -depth / 2, ridge}, gable.apply(depth, ridge)));
            slope(eaves, f, side, width, depth, ridge, roof);
        }
    }

    private void slope(Vec eaves, Frame f, int side, double width, double depth, double ridge, Paint roof) {
        double overhang = 0.25;
        Vec out = f.y().times(-side);
        Vec right = f.x().times(side);
        Vec down = out.times(depth / 2).minus(f.z().times(ridge)).unit();
        double length = Math.sqrt(depth * depth / 4 + ridge * ridge) + overhang;
        Vec topLeft = eaves.plus(f.z().times(ridge + 0.02)).minus(right.times(width / 2 + overhang));
        surfaces.add(Facet.rectangle(topLeft, right.times(width + 2 * overhang), down.times(length),
                roof.apply(width + 2 * overhang, length)));
    }

    /** A round hill: a height field of triangles that falls to the ground at its rim. */
    void hill(Vec centre, double radius, double height, int steps, int seed, Material material) {
        double[][] z = new double[steps + 1][steps + 1];
        double cell = 2 * radius / steps;
        for (int j = 0; j <= steps; j++) {
            for (int i = 0; i <= steps; i++) {
                double x = i * cell - radius;
                double y = j * cell - radius;
                double rim = Math.max(0, 1 - (x * x + y * y) / (radius * radius));
                double rough = 1 + 0.6 * Noise.octaves(x * 0.8, y * 0.8, 3, 0.6, seed);
                z[j][i] = centre.z() + height * rim * rim * rough - 0.02;
            }
        }
        for (int j = 0; j < steps; j++) {
            for (int i = 0; i < steps; i++) {
                double x = centre.x() - radius + i * cell;
                double y = centre.y() - radius + j * cell;
                Vec south = new Vec(x, y, z[j][i]);
                Vec east = new Vec(x + cell, y, z[j][i + 1]);
                Vec north = new Vec(x, y + cell, z[j + 1][i]);
                Vec far = new Vec(x + cell, y + cell, z[j + 1][i + 1]);
                double u = i * cell;
                double v = 2 * radius - j * cell;
                surfaces.add(Facet.triangle(south, north.minus(south), east.minus(south),
                        new double[] {u, v, 0, -cell, cell, 0}, material));
                surfaces.add(Facet.triangle(far, east.minus(far), north.minus(far),
                        new double[] {u + cell, v - cell, 0, cell, -cell, 0}, material));
            }
        }
    }
}
