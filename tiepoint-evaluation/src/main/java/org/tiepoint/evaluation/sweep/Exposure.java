package org.tiepoint.evaluation.sweep;

import org.tiepoint.image.Image;

/**
 * Exposes a photo longer or shorter: the light of every channel times 2^stops, cut at white, and rounded to 8 bits
 * again. Light follows from the stored values by the curve of sRGB (IEC 61966-2-1), so that a stop is a camera's stop;
 * what a camera's own curve would do to highlights is not modelled.
 */
final class Exposure {
    private Exposure() {}

    /** @param stops above 0 brightens */
    static Image of(Image photo, double stops) {
        byte[] table = new byte[256];
        for (int value = 0; value < 256; value++) {
            double light = Math.min(1, Math.pow(2, stops) * light(value / 255.0));
            table[value] = (byte) Math.round(255 * stored(light));
        }
        byte[] rgb = new byte[photo.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = table[photo.rgb()[i] & 0xFF];
        }
        return new Image(photo.width(), photo.height(), rgb);
    }

    private static double light(double stored) {
        return stored <= 0.04045 ? stored / 12.92 : Math.pow((stored + 0.055) / 1.055, 2.4);
    }

    private static double stored(double light) {
        return light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }
}
