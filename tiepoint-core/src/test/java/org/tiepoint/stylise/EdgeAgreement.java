package org.tiepoint.stylise;

import org.tiepoint.image.Image;

/**
 * Whether two pictures have their edges at the same places.
 *
 * @param orientation mean |cosine| between the gradients of both at the first one's edges, weighted by the product of
 *                    their strengths: 1 where all run alike (or are inverted), 2 / pi = 0.64 by chance
 * @param kept        share of the first one's edge pixels where the second has a gradient of half a grey level or more
 * @param invented    share of the second one's edge pixels around which (3 x 3) the first has no gradient of a grey
 *                    level
 * @param shiftX      by which the second's gradient strengths fit the first's best, in whole pixels, -2 to 2
 * @param shiftY      the same along y
 */
record EdgeAgreement(double orientation, double kept, double invented, int shiftX, int shiftY) {
    /** Grey levels a pixel that count as an edge. */
    private static final double EDGE = 6;

    static EdgeAgreement of(Image first, Image second) {
        int w = first.width();
        double[][] a = gradients(first);
        double[][] b = gradients(second);
        double weighted = 0;
        double weights = 0;
        int edges = 0;
        int kept = 0;
        for (int i = 0; i < a[0].length; i++) {
            double strength = Math.hypot(a[0][i], a[1][i]);
            if (strength > EDGE) {
                double other = Math.hypot(b[0][i], b[1][i]);
                weighted += Math.abs(a[0][i] * b[0][i] + a[1][i] * b[1][i]);
                weights += strength * other;
                edges++;
                kept += other >= 0.5 ? 1 : 0;
            }
        }
        int ofSecond = 0;
        int invented = 0;
        for (int i = 2 * w; i < a[0].length - 2 * w; i++) {
            if (Math.hypot(b[0][i], b[1][i]) > EDGE) {
                ofSecond++;
                double most = 0;
                for (int j = 0; j < 9; j++) {
                    int there = i + (j / 3 - 1) * w + j % 3 - 1;
                    most = Math.max(most, Math.hypot(a[0][there], a[1][there]));
                }
                invented += most < 1 ? 1 : 0;
            }
        }
        double best = -1;
        int[] shift = new int[2];
        for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
                double sum = 0;
                for (int y = 4; y < first.height() - 4; y++) {
                    for (int x = 4; x < w - 4; x++) {
                        int i = y * w + x;
                        int j = (y + dy) * w + x + dx;
                        // the square root keeps a few very strong edges from deciding alone
                        sum += Math.sqrt(Math.hypot(a[0][i], a[1][i]) * Math.hypot(b[0][j], b[1][j]));
                    }
                }
                if (sum > best) {
                    best = sum;
                    shift = new int[] {dx, dy};
                }
            }
        }
        return new EdgeAgreement(weighted / weights, (double) kept / edges,
                (double) invented / Math.max(1, ofSecond), shift[0], shift[1]);
    }

    /** Central differences of the grey levels: along x, along y. */
    private static double[][] gradients(Image image) {
        int w = image.width();
        int h = image.height();
        double[] grey = new double[w * h];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = 0.299 * (image.rgb()[3 * i] & 0xff) + 0.587 * (image.rgb()[3 * i + 1] & 0xff)
                    + 0.114 * (image.rgb()[3 * i + 2] & 0xff);
        }
        double[][] gradients = new double[2][w * h];
        for (int y = 1; y < h - 1; y++) {
            for (int x = 1; x < w - 1; x++) {
                int i = y * w + x;
                gradients[0][i] = (grey[i + 1] - grey[i - 1]) / 2;
                gradients[1][i] = (grey[i + w] - grey[i - w]) / 2;
            }
        }
        return gradients;
    }
}
