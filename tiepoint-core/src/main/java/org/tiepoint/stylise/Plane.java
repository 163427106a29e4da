package org.tiepoint.stylise;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * One number a pixel, row-major.
 *
 * @param values width * height numbers; shared, not copied
 */
record Plane(int width, int height, float[] values) {
    static Plane empty(int width, int height) {
        return new Plane(width, height, new float[width * height]);
    }

    float at(int x, int y) {
        return values[y * width + x];
    }

    Plane map(DoubleUnaryOperator change) {
        Plane result = empty(width, height);
        for (int i = 0; i < values.length; i++) {
            result.values[i] = (float) change.applyAsDouble(values[i]);
        }
        return result;
    }

    Plane with(Plane other, DoubleBinaryOperator combine) {
        Plane result = empty(width, height);
        for (int i = 0; i < values.length; i++) {
            result.values[i] = (float) combine.applyAsDouble(values[i], other.values[i]);
        }
        return result;
    }

    double mean() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** The mean over a square of 2 radius + 1 pixels, as far as it lies inside. */
    Plane boxMean(int radius) {
        return alongRows(radius).transposed().alongRows(radius).transposed();
    }

    private Plane alongRows(int radius) {
        Plane result = empty(width, height);
        for (int y = 0; y < height; y++) {
            int row = y * width;
            double sum = 0;
            for (int x = 0; x < Math.min(radius, width); x++) {
                sum += values[row + x];
            }
            for (int x = 0; x < width; x++) {
                if (x + radius < width) {
                    sum += values[row + x + radius];
                }
                if (x - radius > 0) {
                    sum -= values[row + x - radius - 1];
                }
                int count = Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1;
                result.values[row + x] = (float) (sum / count);
            }
        }
        return result;
    }

    private Plane transposed() {
        Plane result = empty(height, width);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                result.values[x * height + y] = values[y * width + x];
            }
        }
        return result;
    }

    /** Scaled bilinearly, borders of pixels aligned. */
    Plane resized(int newWidth, int newHeight) {
        Plane result = empty(newWidth, newHeight);
        for (int y = 0; y < newHeight; y++) {
            double v = Math.max(0, Math.min(height - 1, (y + 0.5) * height / newHeight - 0.5));
            int y0 = (int) v;
            int y1 = Math.min(height - 1, y0 + 1);
            for (int x = 0; x < newWidth; x++) {
                double u = Math.max(0, Math.min(width - 1, (x + 0.5) * width / newWidth - 0.5));
                int x0 = (int) u;
                int x1 = Math.min(width - 1, x0 + 1);
                double above = at(x0, y0) * (1 - u + x0) + at(x1, y0) * (u - x0);
                double below = at(x0, y1) * (1 - u + x0) + at(x1, y1) * (u - x0);
                result.values[y * newWidth + x] = (float) (above * (1 - v + y0) + below * (v - y0));
            }
        }
        return result;
    }
}
