package org.tiepoint.dataset.synthetic;

/** A flat parallelogram origin + s a + q b (s, q in 0..1), or the triangle half of it with s + q at most 1. */
final class Facet implements Surface {
    private final Vec origin;
    private final Vec a;
    private final Vec b;
    private final Vec normal;
    private final Vec dualA;
    private final Vec dualB;
    private final double[] texture;
    private final boolean triangle;
    private final Material material;

    private Facet(Vec origin, Vec a, Vec b, double[] texture, boolean triangle, Material material) {
        this.origin = origin;
        this.a = a;
        this.b = b;
        this.normal = a.cross(b).unit();
        Vec towardsA = b.cross(normal);
        Vec towardsB = normal.cross(a);
        this.dualA = towardsA.times(1 / a.dot(towardsA));
        this.dualB = towardsB.times(1 / b.dot(towardsB));
        this.texture = texture;
        this.triangle = triangle;
        this.material = material;
    }

    /** A rectangle from its top-left corner, seen from outside: a to the right, b down. */
    static Facet rectangle(Vec topLeft, Vec a, Vec b, Material material) {
        return new Facet(topLeft, a, b, new double[] {0, 0, a.length(), 0, 0, b.length()}, false, material);
    }

    /** A triangle; texture holds u, v of the first corner and their change along a and along b, in metres. */
    static Facet triangle(Vec corner, Vec a, Vec b, double[] texture, Material material) {
        return new Facet(corner, a, b, texture, true, material);
    }

    @Override
    public double intersect(Ray ray) {
        double along = normal.x() * ray.dx + normal.y() * ray.dy + normal.z() * ray.dz;
        double px = origin.x() - ray.ox;
        double py = origin.y() - ray.oy;
        double pz = origin.z() - ray.oz;
        double t = (normal.x() * px + normal.y() * py + normal.z() * pz) / along;
        if (!(t > NEAR) || t >= ray.t) {
            return Double.POSITIVE_INFINITY;
        }
        px = t * ray.dx - px;
        py = t * ray.dy - py;
        pz = t * ray.dz - pz;
        double s = px * dualA.x() + py * dualA.y() + pz * dualA.z();
        double q = px * dualB.x() + py * dualB.y() + pz * dualB.z();
        boolean inside = s >= 0 && q >= 0 && (triangle ? s + q <= 1 : s <= 1 && q <= 1);
        return inside ? t : Double.POSITIVE_INFINITY;
    }

    @Override
    public void describe(Ray ray) {
        double px = ray.x() - origin.x();
        double py = ray.y() - origin.y();
        double pz = ray.z() - origin.z();
        double s = px * dualA.x() + py * dualA.y() + pz * dualA.z();
        double q = px * dualB.x() + py * dualB.y() + pz * dualB.z();
        ray.u = texture[0] + s * texture[2] + q * texture[4];
        ray.v = texture[1] + s * texture[3] + q * texture[5];
        ray.nx = -normal.x();
        ray.ny = -normal.y();
        ray.nz = -normal.z();
    }

    @Override
    public double[] bounds() {
        double[] box = {origin.x(), origin.y(), origin.z(), origin.x(), origin.y(), origin.z()};
        Vec[] others = {origin.plus(a), origin.plus(b), triangle ? origin : origin.plus(a).plus(b)};
        for (Vec corner : others) {
            double[] p = {corner.x(), corner.y(), corner.z()};
            for (int k = 0; k < 3; k++) {
                box[k] = Math.min(box[k], p[k]);
                box[3 + k] = Math.max(box[3 + k], p[k]);
            }
        }
        return box;
    }

    @Override
    public Material material() {
        return material;
    }
}
