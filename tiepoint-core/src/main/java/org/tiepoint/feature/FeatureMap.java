package org.tiepoint.feature;

/**
 * A map of vectors that a network gives for an image. Positions are in the map's own pixels, (0, 0) the centre of the
 * first. Immutable.
 *
 * @param values channels x height x width, row-major; shared, not copied
 */
public record FeatureMap(int channels, int height, int width, float[] values) {
    /** The cubic that PyTorch's grid_sample takes. */
    private static final double A = -0.75;
    /** Vectors shorter than this are not made longer. */
    private static final double SHORTEST = 1e-12;

    public FeatureMap {
        if (values.length != (long) channels * height * width) {
            throw new IllegalArgumentException("a map of " + channels + "x" + height + "x" + width + " needs "
                    + (long) channels * height * width + " values, got " + values.length);
        }
    }

    /** The same map with every position's vector divided by its length. */
    public FeatureMap normalised() {
        int area = height * width;
        float[] divided = new float[values.length];
        for (int i = 0; i < area; i++) {
            double squares = 0;
            for (int c = 0; c < channels; c++) {
                squares += (double) values[c * area + i] * values[c * area + i];
            }
            double length = Math.max(SHORTEST, Math.sqrt(squares));
            for (int c = 0; c < channels; c++) {
                divided[c * area + i] = (float) (values[c * area + i] / length);
            }
        }
        return new FeatureMap(channels, height, width, divided);
    }

    /** The vector at a position by bilinear interpolation, zeros outside, into a place of an array. */
    public void bilinear(double x, double y, float[] into, int at) {
        int x0 = (int) Math.floor(x);
        int y0 = (int) Math.floor(y);
        double left = 1 - (x - x0);
        double right = x - x0;
        double up = 1 - (y - y0);
        double down = y - y0;
        if (x0 < 0 || x0 + 1 >= width || y0 < 0 || y0 + 1 >= height) {
            blend(x0, y0, new double[] {left, right}, new double[] {up, down}, into, at);
            return;
        }
        double upLeft = up * left;
        double upRight = up * right;
        double downLeft = down * left;
        double downRight = down * right;
        int place = y0 * width + x0;
        for (int c = 0; c < channels; c++) {
            into[at + c] = (float) (upLeft * values[place] + upRight * values[place + 1]
                    + downLeft * values[place + width] + downRight * values[place + width + 1]);
            place += height * width;
        }
    }

    /** The vector at a position by bicubic interpolation over 4x4 pixels, zeros outside, into a place of an array. */
    public void bicubic(double x, double y, float[] into, int at) {
        int x0 = (int) Math.floor(x);
        int y0 = (int) Math.floor(y);
        blend(x0 - 1, y0 - 1, cubic(x - x0), cubic(y - y0), into, at);
    }

    /** Divides a vector in an array by its length; one of length 0 stays. */
    public static void normalise(float[] vectors, int from, int dimension) {
        double squares = 0;
        for (int k = from; k < from + dimension; k++) {
            squares += (double) vectors[k] * vectors[k];
        }
        double length = Math.max(SHORTEST, Math.sqrt(squares));
        for (int k = from; k < from + dimension; k++) {
            vectors[k] = (float) (vectors[k] / length);
        }
    }

    private void blend(int left, int top, double[] across, double[] down, float[] into, int at) {
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int j = 0; j < down.length; j++) {
                for (int i = 0; i < across.length; i++) {
                    int x = left + i;
                    int y = top + j;
                    if (x >= 0 && x < width && y >= 0 && y < height) {
                        sum += down[j] * across[i] * values[(c * height + y) * width + x];
                    }
                }
            }
            into[at + c] = (float) sum;
        }
    }

    /** Weights of the four pixels around a position that lies t after the second. */
    private static double[] cubic(double t) {
        return new double[] {far(1 + t), near(t), near(1 - t), far(2 - t)};
    }

    private static double near(double d) {
        return ((A + 2) * d - (A + 3)) * d * d + 1;
    }

    private static double far(double d) {
        return ((A * d - 5 * A) * d + 8 * A) * d - 4 * A;
    }
}
