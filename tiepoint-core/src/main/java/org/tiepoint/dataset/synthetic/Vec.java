package org.tiepoint.dataset.synthetic;

/** A point or direction in world coordinates: x east, y north, z up, in metres. */
record Vec(double x, double y, double z) {
    static final Vec UP = new Vec(0, 0, 1);

    Vec plus(Vec o) {
        return new Vec(x + o.x, y + o.y, z + o.z);
    }

    Vec minus(Vec o) {
        return new Vec(x - o.x, y - o.y, z - o.z);
    }

    Vec times(double s) {
        return new Vec(x * s, y * s, z * s);
    }

    double dot(Vec o) {
        return x * o.x + y * o.y + z * o.z;
    }

    Vec cross(Vec o) {
        return new Vec(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
    }

    double length() {
        return Math.sqrt(dot(this));
    }

    Vec unit() {
        return times(1 / length());
    }

    /** The unit vector at an azimuth (0 east, 90 degrees north) and an elevation above the horizon, in radians. */
    static Vec direction(double azimuth, double elevation) {
        double flat = StrictMath.cos(elevation);
        return new Vec(flat * StrictMath.cos(azimuth), flat * StrictMath.sin(azimuth), StrictMath.sin(elevation));
    }
}
