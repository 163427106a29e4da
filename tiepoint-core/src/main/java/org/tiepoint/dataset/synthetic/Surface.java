package org.tiepoint.dataset.synthetic;

/** A piece of the scene's surface that a ray can hit. Immutable. */
sealed interface Surface permits Facet, Ball, Frustum {
    /** Hits nearer than this are the surface that the ray starts from. */
    double NEAR = 1e-6;

    /** The smallest t above {@link #NEAR} at which the ray meets the surface, or positive infinity. */
    double intersect(Ray ray);

    /** Writes the unit normal (outward for solids) and the texture position of the ray's hit into the ray. */
    void describe(Ray ray);

    /** Corners of the axis-aligned bounding box: x, y, z from, then to. */
    double[] bounds();

    Material material();
}
