package org.tiepoint.dataset.synthetic;

/**
 * An upright cylinder, cone or cut cone with a flat top. Texture of the side: u around, at the wider end's radius, v
 * down from the top; of the top: the distance from the axis along x and y.
 */
final class Frustum implements Surface {
    private final Vec foot;
    private final double lower;
    private final double upper;
    private final double height;
    private final double slope;
    private final Material material;

    /**
     * @param foot  centre of the lower end
     * @param lower radius of the lower end
     * @param upper radius of the upper end, 0 for a cone
     */
    Frustum(Vec foot, double lower, double upper, double height, Material material) {
        this.foot = foot;
        this.lower = lower;
        this.upper = upper;
        this.height = height;
        this.slope = (upper - lower) / height;
        this.material = material;
    }

    @Override
    public double intersect(Ray ray) {
        double px = ray.ox - foot.x();
        double py = ray.oy - foot.y();
        double pz = ray.oz - foot.z();
        double r = lower + slope * pz;
        double k = slope * ray.dz;
        double a = ray.dx * ray.dx + ray.dy * ray.dy - k * k;
        double b = px * ray.dx + py * ray.dy - k * r;
        double c = px * px + py * py - r * r;
        double best = Double.POSITIVE_INFINITY;
        double discriminant = b * b - a * c;
        if (discriminant > 0 && Math.abs(a) > 1e-12) {
            double root = Math.sqrt(discriminant);
            best = side(Math.min((-b - root) / a, (-b + root) / a), pz, ray.dz);
            if (best == Double.POSITIVE_INFINITY) {
                best = side(Math.max((-b - root) / a, (-b + root) / a), pz, ray.dz);
            }
        }
        double t = (height - pz) / ray.dz;
        if (upper > 0 && t > NEAR && t < best) {
            double x = px + t * ray.dx;
            double y = py + t * ray.dy;
            if (x * x + y * y <= upper * upper) {
                best = t;
            }
        }
        return best;
    }

    private double side(double t, double pz, double dz) {
        double z = pz + t * dz;
        return t > NEAR && z >= 0 && z <= height ? t : Double.POSITIVE_INFINITY;
    }

    @Override
    public void describe(Ray ray) {
        double x = ray.x() - foot.x();
        double y = ray.y() - foot.y();
        double z = ray.z() - foot.z();
        double r = lower + slope * z;
        double fromAxis = Math.sqrt(x * x + y * y);
        if (upper > 0 && Math.abs(z - height) < 1e-7 && fromAxis < upper - 1e-7) {
            ray.nx = 0;
            ray.ny = 0;
            ray.nz = 1;
            ray.u = upper + x;
            ray.v = upper + y;
            return;
        }
        double length = Math.sqrt(r * r * (1 + slope * slope));
        ray.nx = x / length;
        ray.ny = y / length;
        ray.nz = -slope * r / length;
        ray.u = Math.max(lower, upper) * (Math.PI + StrictMath.atan2(y, x));
        ray.v = height - z;
    }

    @Override
    public double[] bounds() {
        double r = Math.max(lower, upper);
        return new double[] {foot.x() - r, foot.y() - r, foot.z(), foot.x() + r, foot.y() + r, foot.z() + height};
    }

    @Override
    public Material material() {
        return material;
    }
}
