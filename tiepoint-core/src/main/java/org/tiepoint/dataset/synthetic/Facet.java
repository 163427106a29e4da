package org.tiepoint.dataset.synthetic;

/** A flat parallelogram origin + s a + q b (s, q in 0..1), or the triangle half of it with s + q at most 1. */
final class Facet implements Surface {
    private final Vec origin;
    private final Vec a;
    private final Vec b;
    private final double x;
    private final double y;
    private final double z;
    private final double nx;
    private final double ny;
    private final double nz;
    private final double sx;
    private final double sy;
    private final double sz;
    private final double qx;
    private final double qy;
    private final double qz;
    private final double[] texture;
    private final boolean triangle;
    private final Material material;

    private Facet(Vec origin, Vec a, Vec b, double[] texture, boolean triangle, Material material) {
        this.origin = origin;
        this.a = a;
        this.b = b;
        Vec normal = b.cross(a).unit();
        Vec towardsA = b.cross(normal);
        Vec towardsB = a.cross(normal);
        Vec dualA = towardsA.times(1 / a.dot(towardsA));
        Vec dualB = towardsB.times(1 / b.dot(towardsB));
        x = origin.x();
        y = origin.y();
        z = origin.z();
        nx = normal.x();
        ny = normal.y();
        nz = normal.z();
        sx = dualA.x();
        sy = dualA.y();
        sz = dualA.z();
        qx = dualB.x();
        qy = dualB.y();
        qz = dualB.z();
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
        double px = x - ray.ox;
        double py = y - ray.oy;
        double pz = z - ray.oz;
        double t = (nx * px + ny * py + nz * pz) / (nx * ray.dx + ny * ray.dy + nz * ray.dz);
        if (!(t > NEAR) || t >= ray.t) {
            return Double.POSITIVE_INFINITY;
        }
        px = t * ray.dx - px;
        py = t * ray.dy - py;
        pz = t * ray.dz - pz;
        double s = px * sx + py * sy + pz * sz;
        double q = px * qx + py * qy + pz * qz;
        boolean inside = s >= 0 && q >= 0 && (triangle ? s + q <= 1 : s <= 1 && q <= 1);
        return inside ? t : Double.POSITIVE_INFINITY;
    }

    @Override
    public void describe(Ray ray) {
        double px = ray.x() - x;
        double py = ray.y() - y;
        double pz = ray.z() - z;
        double s = px * sx + py * sy + pz * sz;
        double q = px * qx + py * qy + pz * qz;
        ray.u = texture[0] + s * texture[2] + q * texture[4];
        ray.v = texture[1] + s * texture[3] + q * texture[5];
        ray.nx = nx;
        ray.ny = ny;
        ray.nz = nz;
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
