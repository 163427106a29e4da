package org.tiepoint.dataset.synthetic;

import java.util.stream.IntStream;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.Image;

/**
 * Traces one view: Lambert's law for sun and sky, hard shadows softened over the rays of a pixel, a film-like tone
 * curve, vignette, sensor noise. Rows are traced in parallel; each pixel depends on nothing but its place.
 */
final class Renderer {
    private static final double VIGNETTE = 0.16;
    private static final double NOISE = 1.4;
    private static final double SUN_RADIUS = 0.012;
    private static final double OCCLUSION_REACH = 1.6;
    private static final double BRIGHTEST = 8;
    private static final float[] TONE = new float[4097];

    static {
        for (int i = 0; i <= 4096; i++) {
            double x = BRIGHTEST * (i / 4096.0) * (i / 4096.0);
            TONE[i] = (float) (255 * StrictMath.pow(1 - StrictMath.exp(-1.35 * x), 1 / 2.2));
        }
    }

    private final BoundingTree tree;
    private final Camera camera;
    private final double[] r;
    private final double[] eye;
    private final Illumination light;
    private final int samples;
    private final int seed;

    Renderer(BoundingTree tree, Camera camera, Pose pose, Illumination light, int samples, int seed) {
        this.tree = tree;
        this.camera = camera;
        this.r = pose.rotation();
        this.eye = pose.centre();
        this.light = light;
        this.samples = samples;
        this.seed = seed;
    }

    /** Points the ray from the camera's centre through a pixel; t is then the depth along the camera's z axis. */
    static void aim(Ray ray, Camera camera, double[] r, double[] eye, double x, double y) {
        double cx = (x - camera.cx()) / camera.fx();
        double cy = (y - camera.cy()) / camera.fy();
        ray.from(eye[0], eye[1], eye[2]);
        ray.towards(r[0] * cx + r[3] * cy + r[6], r[1] * cx + r[4] * cy + r[7], r[2] * cx + r[5] * cy + r[8]);
    }

    Image image(float[] depth) {
        byte[] rgb = new byte[3 * camera.width() * camera.height()];
        IntStream.range(0, camera.height()).parallel().forEach(row -> row(row, rgb, depth));
        return new Image(camera.width(), camera.height(), rgb);
    }

    private void row(int y, byte[] rgb, float[] depth) {
        Ray ray = new Ray();
        Ray shadow = new Ray();
        double[] colour = new double[3];
        double[] sum = new double[3];
        for (int x = 0; x < camera.width(); x++) {
            sum[0] = 0;
            sum[1] = 0;
            sum[2] = 0;
            for (int i = 0; i < samples * samples; i++) {
                double dx = (i % samples + 0.5) / samples - 0.5;
                double dy = (i / samples + 0.5) / samples - 0.5;
                aim(ray, camera, r, eye, x + dx, y + dy);
                tree.trace(ray);
                if (ray.hits()) {
                    shade(ray, shadow, dx, dy, colour);
                } else {
                    Sky.colour(ray, light, colour);
                }
                sum[0] += colour[0];
                sum[1] += colour[1];
                sum[2] += colour[2];
            }
            int pixel = y * camera.width() + x;
            develop(x, y, sum, rgb, 3 * pixel);
            aim(ray, camera, r, eye, x, y);
            tree.trace(ray);
            depth[pixel] = (float) ray.t;
        }
    }

    private void shade(Ray ray, Ray shadow, double dx, double dy, double[] colour) {
        ray.describe();
        Material material = ray.surface.material();
        double length = Math.sqrt(ray.dx * ray.dx + ray.dy * ray.dy + ray.dz * ray.dz);
        double facing = Math.abs(ray.nx * ray.dx + ray.ny * ray.dy + ray.nz * ray.dz) / length;
        double footprint = ray.t / (camera.fx() * samples) / Math.sqrt(Math.max(0.08, facing));
        material.reflectance(ray.u, ray.v, footprint, colour);
        double nx = ray.nx;
        double ny = ray.ny;
        double nz = ray.nz;
        if (material.bump() > 0) {
            nx += material.bump() * Noise.value(ray.u * 9, ray.v * 9, material.seed() + 11);
            ny += material.bump() * Noise.value(ray.u * 9, ray.v * 9, material.seed() + 12);
            nz += material.bump() * Noise.value(ray.u * 9, ray.v * 9, material.seed() + 13);
        }
        Vec sun = light.sun();
        double lit = Math.max(0, nx * sun.x() + ny * sun.y() + nz * sun.z());
        if (lit > 0) {
            shadow.from(ray.x() + 1e-4 * ray.nx, ray.y() + 1e-4 * ray.ny, ray.z() + 1e-4 * ray.nz);
            shadow.towards(sun.x() + 2 * SUN_RADIUS * dx, sun.y() + 2 * SUN_RADIUS * dy,
                    sun.z() + 2 * SUN_RADIUS * (dx - dy) * 0.5);
            if (tree.blocked(shadow, Double.POSITIVE_INFINITY)) {
                lit = 0;
            }
        }
        double open = (0.68 + 0.32 * nz) * openness(ray, shadow, dx, dy);
        for (int c = 0; c < 3; c++) {
            colour[c] *= light.sunColour()[c] * lit + light.sky()[c] * open;
        }
    }

    /**
     * How little of the sky is hidden by things close by: one ray for each ray of the pixel, leaning from the normal to
     * another side each time.
     */
    private double openness(Ray ray, Ray probe, double dx, double dy) {
        double side = samples == 1 ? 0 : 3 * dx;
        double other = samples == 1 ? 0 : 3 * dy;
        probe.from(ray.x() + 1e-4 * ray.nx, ray.y() + 1e-4 * ray.ny, ray.z() + 1e-4 * ray.nz);
        probe.towards(ray.nx + side * (1 - ray.nx * ray.nx), ray.ny + other * (1 - ray.ny * ray.ny),
                ray.nz + (1 - Math.abs(ray.nz)) * (side + 0.4));
        tree.trace(probe, OCCLUSION_REACH);
        double free = probe.t / OCCLUSION_REACH;
        return 0.25 + 0.75 * Math.sqrt(free);
    }

    private void develop(int x, int y, double[] sum, byte[] rgb, int k) {
        double fromCentreX = (2.0 * x - camera.width() + 1) / camera.width();
        double fromCentreY = (2.0 * y - camera.height() + 1) / camera.height();
        double vignette = 1 - VIGNETTE * (fromCentreX * fromCentreX + fromCentreY * fromCentreY) / 2;
        double gain = light.exposure() * vignette / (samples * samples);
        for (int c = 0; c < 3; c++) {
            double place = 4096 * Math.sqrt(Math.min(1, sum[c] * gain / BRIGHTEST));
            int below = Math.min(4095, (int) place);
            double level = TONE[below] + (place - below) * (TONE[below + 1] - TONE[below]);
            rgb[k + c] = (byte) Math.round(Math.max(0, Math.min(255, level + NOISE * gaussian(x, 3 * y + c))));
        }
    }

    /** About normal, variance 1: the sum of the four bytes of a hash. */
    private double gaussian(int x, int y) {
        int h = Noise.hash(x, y, seed);
        int bytes = (h & 255) + (h >>> 8 & 255) + (h >>> 16 & 255) + (h >>> 24);
        return (bytes - 510) / 147.8;
    }
}
