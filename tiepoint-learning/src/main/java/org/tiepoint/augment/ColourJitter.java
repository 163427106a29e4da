package org.tiepoint.augment;

import java.util.SplittableRandom;
import org.tiepoint.image.Image;

/**
 * Random brightness, contrast, saturation and hue, in random order, as torchvision's ColorJitter does it: factors are
 * drawn evenly from [max(0, 1 - v), 1 + v], the hue shift from [-hue, hue] of a full turn. CAPS trains with 1, 1, 1, 0.4.
 * Departs from torchvision in that the four steps round to 8 bits once, at the end. Safe for use by several threads.
 *
 * @param brightness at least 0
 * @param contrast   at least 0: blends with the mean grey
 * @param saturation at least 0: blends with the pixel's grey
 * @param hue        0 to 0.5
 */
public record ColourJitter(double brightness, double contrast, double saturation, double hue) {
    public ColourJitter {
        requireAtLeastZero("brightness", brightness);
        requireAtLeastZero("contrast", contrast);
        requireAtLeastZero("saturation", saturation);
        if (!(hue >= 0 && hue <= 0.5)) {
            throw new IllegalArgumentException("hue is " + hue + ": it must be 0 to 0.5 of a full turn");
        }
    }

    /** A jittered copy; the draw follows from the generator's state. */
    public Image apply(Image image, SplittableRandom random) {
        float[] rgb = new float[image.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (image.rgb()[i] & 0xff) / 255f;
        }
        int[] order = {0, 1, 2, 3};
        for (int i = 3; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        for (int step : order) {
            switch (step) {
                case 0 -> brighten(rgb, factor(brightness, random));
                case 1 -> stretch(rgb, factor(contrast, random));
                case 2 -> saturate(rgb, factor(saturation, random));
                default -> turn(rgb, (float) (hue * (2 * random.nextDouble() - 1)));
            }
        }
        byte[] bytes = new byte[rgb.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(rgb[i] * 255);
        }
        return new Image(image.width(), image.height(), bytes);
    }

    private static float factor(double range, SplittableRandom random) {
        double low = Math.max(0, 1 - range);
        return (float) (low + (1 + range - low) * random.nextDouble());
    }

    private static void brighten(float[] rgb, float factor) {
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = clamp(rgb[i] * factor);
        }
    }

    private static void stretch(float[] rgb, float factor) {
        double sum = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            sum += grey(rgb, i);
        }
        float mean = (float) (sum / (rgb.length / 3));
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = clamp(mean + factor * (rgb[i] - mean));
        }
    }

    private static void saturate(float[] rgb, float factor) {
        for (int i = 0; i < rgb.length; i += 3) {
            float grey = grey(rgb, i);
            for (int c = i; c < i + 3; c++) {
                rgb[c] = clamp(grey + factor * (rgb[c] - grey));
            }
        }
    }

    /** Turns the hue by a share of a full turn, in HSV. */
    static void turn(float[] rgb, float shift) {
        for (int i = 0; i < rgb.length; i += 3) {
            float r = rgb[i];
            float g = rgb[i + 1];
            float b = rgb[i + 2];
            float value = Math.max(r, Math.max(g, b));
            float chroma = value - Math.min(r, Math.min(g, b));
            if (chroma == 0) {
                continue;
            }
            float sector;
            if (value == r) {
                sector = (g - b) / chroma;
            } else if (value == g) {
                sector = 2 + (b - r) / chroma;
            } else {
                sector = 4 + (r - g) / chroma;
            }
            float hue = sector / 6 + shift;
            hue = 6 * (hue - (float) Math.floor(hue));
            for (int c = 0; c < 3; c++) {
                float k = (5 - 2 * c + hue) % 6;
                rgb[i + c] = clamp(value - chroma * Math.max(0, Math.min(1, Math.min(k, 4 - k))));
            }
        }
    }

    private static float grey(float[] rgb, int i) {
        return 0.299f * rgb[i] + 0.587f * rgb[i + 1] + 0.114f * rgb[i + 2];
    }

    private static float clamp(float value) {
        return Math.max(0, Math.min(1, value));
    }

    private static void requireAtLeastZero(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be 0 or more");
        }
    }
}
