package org.tiepoint.dataset.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * A texture with its halved copies (Williams 1983), stored as sRGB bytes and averaged in linear light. Repeats in both
 * directions. Immutable.
 */
final class MipMap {
    private static final float[] LINEAR = new float[256];
    private static final byte[] DISPLAY = new byte[4096];

    static {
        for (int i = 0; i < 256; i++) {
            LINEAR[i] = (float) StrictMath.pow(i / 255.0, 2.2);
        }
        for (int i = 0; i < 4096; i++) {
            DISPLAY[i] = (byte) Math.round(255 * StrictMath.pow(i / 4095.0, 1 / 2.2));
        }
    }

    private record Level(int width, int height, byte[] rgb) {}

    private final List<Level> levels;
    private final double densityU;
    private final double densityV;

    private MipMap(List<Level> levels, double densityU, double densityV) {
        this.levels = levels;
        this.densityU = densityU;
        this.densityV = densityV;
    }

    /** A pyramid of display colours 0 to 1 (clipped), with this many texels a metre. */
    static MipMap of(int width, int height, float[] display, double densityU, double densityV) {
        byte[] bytes = new byte[display.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, display[i])));
        }
        List<Level> levels = new ArrayList<>();
        levels.add(new Level(width, height, bytes));
        while (levels.get(levels.size() - 1).width > 1 || levels.get(levels.size() - 1).height > 1) {
            levels.add(halve(levels.get(levels.size() - 1)));
        }
        return new MipMap(levels, densityU, densityV);
    }

    private static Level halve(Level from) {
        int width = Math.max(1, from.width / 2);
        int height = Math.max(1, from.height / 2);
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            int above = Math.min(from.height - 1, 2 * y) * from.width;
            int below = Math.min(from.height - 1, 2 * y + 1) * from.width;
            for (int x = 0; x < width; x++) {
                int left = Math.min(from.width - 1, 2 * x);
                int right = Math.min(from.width - 1, 2 * x + 1);
                for (int c = 0; c < 3; c++) {
                    float sum = LINEAR[from.rgb[3 * (above + left) + c] & 255]
                            + LINEAR[from.rgb[3 * (above + right) + c] & 255]
                            + LINEAR[from.rgb[3 * (below + left) + c] & 255]
                            + LINEAR[from.rgb[3 * (below + right) + c] & 255];
                    rgb[3 * (y * width + x) + c] = DISPLAY[(int) (sum / 4 * 4095 + 0.5f)];
                }
            }
        }
        return new Level(width, height, rgb);
    }

    /** Linear-light colour around (u, v), averaged over {@code footprint}; all in metres. */
    void sample(double u, double v, double footprint, double[] colour) {
        double texels = Math.max(1, footprint * Math.sqrt(densityU * densityV));
        int level = Math.min(Math.getExponent(texels), levels.size() - 1);
        double share = level == levels.size() - 1 ? 0 : Math.scalb(texels, -level) - 1;
        colour[0] = 0;
        colour[1] = 0;
        colour[2] = 0;
        add(level, u, v, 1 - share, colour);
        if (share > 0) {
            add(level + 1, u, v, share, colour);
        }
    }

    private void add(int index, double u, double v, double weight, double[] colour) {
        Level level = levels.get(index);
        double x = u * densityU * level.width / levels.get(0).width - 0.5;
        double y = v * densityV * level.height / levels.get(0).height - 0.5;
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        double fx = x - ix;
        double fy = y - iy;
        int left = Math.floorMod(ix, level.width);
        int right = left + 1 == level.width ? 0 : left + 1;
        int top = Math.floorMod(iy, level.height);
        int bottom = top + 1 == level.height ? 0 : top + 1;
        tap(level, left, top, weight * (1 - fx) * (1 - fy), colour);
        tap(level, right, top, weight * fx * (1 - fy), colour);
        tap(level, left, bottom, weight * (1 - fx) * fy, colour);
        tap(level, right, bottom, weight * fx * fy, colour);
    }

    private static void tap(Level level, int x, int y, double weight, double[] colour) {
        int k = 3 * (y * level.width + x);
        colour[0] += weight * LINEAR[level.rgb[k] & 255];
        colour[1] += weight * LINEAR[level.rgb[k + 1] & 255];
        colour[2] += weight * LINEAR[level.rgb[k + 2] & 255];
    }
}
