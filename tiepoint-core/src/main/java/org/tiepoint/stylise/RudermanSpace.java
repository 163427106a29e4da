package org.tiepoint.stylise;

import org.tiepoint.geometry.Matrices;

/**
 * The colour space l-alpha-beta (Ruderman, Cronin and Chiao, "Statistics of cone responses to natural images", JOSA A
 * 1998; constants of Reinhard et al., "Color Transfer between Images", 2001), in which the channels of natural images
 * are all but uncorrelated: logarithms of cone responses, rotated. A little light is added before the logarithm, so
 * that the noise of dark pixels does not become large.
 */
final class RudermanSpace {
    /** Light that is added: about 1/40 of white. */
    private static final double FLOOR = 0.025;
    private static final double[] TO_CONES = {
        0.3811, 0.5783, 0.0402, 0.1967, 0.7244, 0.0782, 0.0241, 0.1288, 0.8444};
    private static final double[] FROM_CONES = Matrices.inverse(TO_CONES);
    private static final double[] ROTATION = rotation();
    private static final double[] BACK = Matrices.inverse(ROTATION);

    private RudermanSpace() {}

    private static double[] rotation() {
        double a = 1 / Math.sqrt(3);
        double b = 1 / Math.sqrt(6);
        double c = 1 / Math.sqrt(2);
        return new double[] {a, a, a, b, b, -2 * b, c, -c, 0};
    }

    /** Three planes l, alpha, beta. */
    static Plane[] of(LinearLight light) {
        int width = light.red().width();
        int height = light.red().height();
        Plane[] planes = {Plane.empty(width, height), Plane.empty(width, height), Plane.empty(width, height)};
        double[] vector = new double[3];
        for (int i = 0; i < planes[0].values().length; i++) {
            for (int c = 0; c < 3; c++) {
                vector[c] = light.channel(c).values()[i];
            }
            double[] cones = Matrices.apply(TO_CONES, vector);
            for (int c = 0; c < 3; c++) {
                cones[c] = Math.log10(Math.max(0, cones[c]) + FLOOR);
            }
            double[] lab = Matrices.apply(ROTATION, cones);
            for (int c = 0; c < 3; c++) {
                planes[c].values()[i] = (float) lab[c];
            }
        }
        return planes;
    }

    /** Back to light. */
    static LinearLight light(Plane[] planes) {
        int width = planes[0].width();
        int height = planes[0].height();
        LinearLight light = new LinearLight(Plane.empty(width, height), Plane.empty(width, height),
                Plane.empty(width, height));
        double[] vector = new double[3];
        for (int i = 0; i < planes[0].values().length; i++) {
            for (int c = 0; c < 3; c++) {
                vector[c] = planes[c].values()[i];
            }
            double[] cones = Matrices.apply(BACK, vector);
            for (int c = 0; c < 3; c++) {
                cones[c] = Math.pow(10, cones[c]) - FLOOR;
            }
            double[] rgb = Matrices.apply(FROM_CONES, cones);
            for (int c = 0; c < 3; c++) {
                light.channel(c).values()[i] = (float) rgb[c];
            }
        }
        return light;
    }
}
