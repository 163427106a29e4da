package org.tiepoint.dataset.synthetic;

/** The sky behind everything: paler towards the horizon, with soft clouds. */
final class Sky {
    private Sky() {}

    /** Linear-light colour along a ray that hits nothing. */
    static void colour(Ray ray, Illumination light, double[] colour) {
        double length = Math.sqrt(ray.dx * ray.dx + ray.dy * ray.dy + ray.dz * ray.dz);
        double up = Math.max(0, ray.dz / length);
        double haze = (1 - up) * (1 - up) * (1 - up);
        double reach = 1 / (length * (up + 0.12));
        double cloud = Noise.octaves(ray.dx * reach * 1.3, ray.dy * reach * 1.3, 5, 0.55, 991);
        cloud = Math.max(0, Math.min(1, 0.9 * cloud + 0.25));
        double brightness = light.sky()[1] / Illumination.SKY;
        double red = 0.26 + 0.4 * haze;
        double green = 0.42 + 0.32 * haze;
        double blue = 0.78 + 0.1 * haze;
        colour[0] = brightness * (red + cloud * (0.95 - red));
        colour[1] = brightness * (green + cloud * (0.95 - green));
        colour[2] = brightness * (blue + cloud * (0.97 - blue));
    }
}
