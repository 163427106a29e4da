package org.tiepoint.dataset.synthetic;

/** Seeded lattice noise: the same number for the same place on every machine and thread. */
final class Noise {
    private Noise() {}

    /** 32 well mixed bits for a lattice point. */
    static int hash(int x, int y, int seed) {
        int h = x * 0x27d4eb2f ^ y * 0x165667b1 ^ seed * 0x9e3779b1;
        h = (h ^ h >>> 15) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }

    /** Uniform in [0, 1) for a lattice point. */
    static double unit(int x, int y, int seed) {
        return (hash(x, y, seed) >>> 8) * 0x1p-24;
    }

    /** Value noise in [-1, 1], about one hill per unit. */
    static double value(double x, double y, int seed) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        double fx = x - ix;
        double fy = y - iy;
        fx = fx * fx * (3 - 2 * fx);
        fy = fy * fy * (3 - 2 * fy);
        double above = unit(ix, iy, seed) * (1 - fx) + unit(ix + 1, iy, seed) * fx;
        double below = unit(ix, iy + 1, seed) * (1 - fx) + unit(ix + 1, iy + 1, seed) * fx;
        return 2 * (above * (1 - fy) + below * fy) - 1;
    }

    /** A sum of octaves, each of twice the frequency and {@code gain} times the amplitude; about [-1, 1]. */
    static double octaves(double x, double y, int count, double gain, int seed) {
        double sum = 0;
        double weight = 1;
        double total = 0;
        for (int i = 0; i < count; i++) {
            sum += weight * value(x, y, seed + i);
            total += weight;
            weight *= gain;
            x *= 2.03;
            y *= 2.03;
        }
        return 1.5 * sum / total;
    }

    /**
     * Cellular noise (Worley 1996): the border strength of irregular cells.
     *
     * @param cell receives the cell's lattice place
     * @return distance to the second nearest seed less that to the nearest, 0 on the border
     */
    static double cells(double x, double y, int seed, int[] cell) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        double nearest = 1e9;
        double second = 1e9;
        for (int cy = iy - 1; cy <= iy + 1; cy++) {
            for (int cx = ix - 1; cx <= ix + 1; cx++) {
                double dx = cx + 0.15 + 0.7 * unit(cx, cy, seed) - x;
                double dy = cy + 0.15 + 0.7 * unit(cx, cy, seed + 1) - y;
                double d = Math.sqrt(dx * dx + dy * dy);
                if (d < nearest) {
                    second = nearest;
                    nearest = d;
                    cell[0] = cx;
                    cell[1] = cy;
                } else {
                    second = Math.min(second, d);
                }
            }
        }
        return second - nearest;
    }
}
