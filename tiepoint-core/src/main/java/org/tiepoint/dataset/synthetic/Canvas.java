package org.tiepoint.dataset.synthetic;

import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * A texture being painted. Positions are in metres from the top-left corner, u right and v down; edges are smoothed
 * over one texel. Mutable, for one thread.
 */
final class Canvas {
    final double width;
    final double height;
    final double density;
    private final int columns;
    private final int rows;
    private final float[] rgb;

    /** The colour of a place. Called from many threads. */
    interface Shader {
        Colour at(double u, double v);
    }

    /**
     * @param width   metres
     * @param height  metres
     * @param density texels a metre
     */
    Canvas(double width, double height, double density) {
        this.width = width;
        this.height = height;
        this.density = density;
        this.columns = Math.max(2, (int) Math.round(width * density));
        this.rows = Math.max(2, (int) Math.round(height * density));
        this.rgb = new float[3 * columns * rows];
    }

    /** Paints every texel. */
    Canvas shade(Shader shader) {
        IntStream.range(0, rows).parallel().forEach(row -> {
            for (int column = 0; column < columns; column++) {
                Colour c = shader.at((column + 0.5) * width / columns, (row + 0.5) * height / rows);
                int k = 3 * (row * columns + column);
                rgb[k] = (float) c.r();
                rgb[k + 1] = (float) c.g();
                rgb[k + 2] = (float) c.b();
            }
        });
        return this;
    }

    Canvas fill(Colour colour) {
        return shade((u, v) -> colour);
    }

    /** Multiplies brightness by 1 + amplitude times multi-octave noise; frequency in hills a metre. */
    Canvas mottle(double amplitude, double frequency, int octaves, int seed) {
        IntStream.range(0, rows).parallel().forEach(row -> {
            for (int column = 0; column < columns; column++) {
                double factor = 1 + amplitude * Noise.octaves((column + 0.5) * width / columns * frequency,
                        (row + 0.5) * height / rows * frequency, octaves, 0.65, seed);
                for (int k = 3 * (row * columns + column), end = k + 3; k < end; k++) {
                    rgb[k] *= (float) factor;
                }
            }
        });
        return this;
    }

    /** Paints where {@code distance} (metres outside the shape, negative inside) is below 0, within a box. */
    Canvas shape(double u0, double v0, double u1, double v1, DoubleBinaryOperator distance, Colour colour) {
        int left = Math.max(0, (int) Math.floor(u0 * density) - 1);
        int right = Math.min(columns - 1, (int) Math.ceil(u1 * density) + 1);
        int top = Math.max(0, (int) Math.floor(v0 * density) - 1);
        int bottom = Math.min(rows - 1, (int) Math.ceil(v1 * density) + 1);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double d = distance.applyAsDouble((column + 0.5) / density, (row + 0.5) / density) * density;
                float cover = (float) Math.max(0, Math.min(1, 0.5 - d));
                if (cover > 0) {
                    int k = 3 * (row * columns + column);
                    rgb[k] += cover * ((float) colour.r() - rgb[k]);
                    rgb[k + 1] += cover * ((float) colour.g() - rgb[k + 1]);
                    rgb[k + 2] += cover * ((float) colour.b() - rgb[k + 2]);
                }
            }
        }
        return this;
    }

    Canvas rectangle(double u0, double v0, double u1, double v1, Colour colour) {
        return shape(u0, v0, u1, v1,
                (u, v) -> Math.max(Math.max(u0 - u, u - u1), Math.max(v0 - v, v - v1)), colour);
    }

    Canvas disc(double u0, double v0, double radius, Colour colour) {
        return shape(u0 - radius, v0 - radius, u0 + radius, v0 + radius,
                (u, v) -> Math.sqrt((u - u0) * (u - u0) + (v - v0) * (v - v0)) - radius, colour);
    }

    Canvas ring(double u0, double v0, double radius, double half, Colour colour) {
        double outer = radius + half;
        return shape(u0 - outer, v0 - outer, u0 + outer, v0 + outer, (u, v) ->
                Math.abs(Math.sqrt((u - u0) * (u - u0) + (v - v0) * (v - v0)) - radius) - half, colour);
    }

    /** A regular polygon of n corners; {@code turn} in radians. An n below 3 gives a thin bar. */
    Canvas polygon(double u0, double v0, double radius, int n, double turn, Colour colour) {
        double[] cos = new double[Math.max(4, n)];
        double[] sin = new double[cos.length];
        for (int i = 0; i < cos.length; i++) {
            cos[i] = StrictMath.cos(turn + 2 * Math.PI * i / cos.length);
            sin[i] = StrictMath.sin(turn + 2 * Math.PI * i / cos.length);
        }
        double inner = radius * (n == 4 ? 0.7 : 0.8);
        return shape(u0 - 1.5 * radius, v0 - 1.5 * radius, u0 + 1.5 * radius, v0 + 1.5 * radius, (u, v) -> {
            double d = -radius;
            for (int i = 0; i < cos.length; i++) {
                double reach = n < 3 && i % 2 == 0 ? 0.2 * radius : inner;
                d = Math.max(d, (u - u0) * cos[i] + (v - v0) * sin[i] - reach);
            }
            return d;
        }, colour);
    }

    /** An ellipse with half axes a and b; {@code turn} in radians. */
    Canvas ellipse(double u0, double v0, double a, double b, double turn, Colour colour) {
        double cos = StrictMath.cos(turn);
        double sin = StrictMath.sin(turn);
        double reach = Math.max(a, b);
        return shape(u0 - reach, v0 - reach, u0 + reach, v0 + reach, (u, v) -> {
            double x = ((u - u0) * cos + (v - v0) * sin) / a;
            double y = ((v - v0) * cos - (u - u0) * sin) / b;
            return (Math.sqrt(x * x + y * y) - 1) * Math.min(a, b);
        }, colour);
    }

    MipMap bake() {
        return MipMap.of(columns, rows, rgb, columns / width, rows / height);
    }
}
