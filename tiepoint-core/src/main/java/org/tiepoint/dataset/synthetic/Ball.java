package org.tiepoint.dataset.synthetic;

/**
 * A sphere. Texture: u along the equator, v from the top pole down, in metres on the surface, shifted by the sphere's
 * place so that spheres of one material differ.
 */
final class Ball implements Surface {
    private final Vec centre;
    private final double radius;
    private final Material material;

    Ball(Vec centre, double radius, Material material) {
        this.centre = centre;
        this.radius = radius;
        this.material = material;
    }

    @Override
    public double intersect(Ray ray) {
        double px = ray.ox - centre.x();
        double py = ray.oy - centre.y();
        double pz = ray.oz - centre.z();
        double a = ray.dx * ray.dx + ray.dy * ray.dy + ray.dz * ray.dz;
        double b = px * ray.dx + py * ray.dy + pz * ray.dz;
        double c = px * px + py * py + pz * pz - radius * radius;
        double discriminant = b * b - a * c;
        if (discriminant <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double root = Math.sqrt(discriminant);
        double t = (-b - root) / a;
        if (t <= NEAR) {
            t = (-b + root) / a;
        }
        return t > NEAR ? t : Double.POSITIVE_INFINITY;
    }

    @Override
    public void describe(Ray ray) {
        ray.nx = (ray.x() - centre.x()) / radius;
        ray.ny = (ray.y() - centre.y()) / radius;
        ray.nz = (ray.z() - centre.z()) / radius;
        ray.u = radius * (Math.PI + StrictMath.atan2(ray.ny, ray.nx)) + 3.1 * centre.x() + 7.3 * centre.z();
        ray.v = radius * StrictMath.acos(Math.max(-1, Math.min(1, ray.nz)));
    }

    @Override
    public double[] bounds() {
        return new double[] {centre.x() - radius, centre.y() - radius, centre.z() - radius,
            centre.x() + radius, centre.y() + radius, centre.z() + radius};
    }

    @Override
    public Material material() {
        return material;
    }
}
