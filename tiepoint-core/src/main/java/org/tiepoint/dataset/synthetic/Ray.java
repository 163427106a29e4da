package org.tiepoint.dataset.synthetic;

/**
 * A ray origin + t direction and the nearest hit found so far. Mutable and reused: one for each thread. The direction
 * need not have length 1; t counts in its lengths.
 */
final class Ray {
    double ox;
    double oy;
    double oz;
    double dx;
    double dy;
    double dz;
    /** The nearest t found; {@link Double#POSITIVE_INFINITY} when nothing is hit. */
    double t;
    /** The surface hit; meaningful only while t is finite. */
    Surface surface;
    /** Unit normal at the hit, towards the ray's origin. Filled by {@link #describe()}. */
    double nx;
    double ny;
    double nz;
    /** Whether the ray met the side that the surface's own normal points away from. */
    boolean back;
    /** Position on the surface's texture in metres. */
    double u;
    double v;
    final int[] stack = new int[64];

    void from(double x, double y, double z) {
        ox = x;
        oy = y;
        oz = z;
    }

    void towards(double x, double y, double z) {
        dx = x;
        dy = y;
        dz = z;
    }

    double x() {
        return ox + t * dx;
    }

    double y() {
        return oy + t * dy;
    }

    double z() {
        return oz + t * dz;
    }

    boolean hits() {
        return t < Double.POSITIVE_INFINITY;
    }

    /** Fills normal and texture position for the hit and turns the normal towards the ray's origin. */
    void describe() {
        surface.describe(this);
        back = nx * dx + ny * dy + nz * dz > 0;
        if (back) {
            nx = -nx;
            ny = -ny;
            nz = -nz;
        }
    }
}
