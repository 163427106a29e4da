package org.tiepoint.stylise;

import org.tiepoint.image.Image;

/**
 * A photo as light: red, green and blue in proportion to the photons, by the sRGB curve (IEC 61966-2-1); 1 is white,
 * more is clipped when it becomes an image.
 */
record LinearLight(Plane red, Plane green, Plane blue) {
    private static final float[] FROM_BYTE = new float[256];

    static {
        for (int i = 0; i < 256; i++) {
            double v = i / 255.0;
            FROM_BYTE[i] = (float) (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
        }
    }

    static LinearLight of(Image image) {
        Plane[] planes = new Plane[3];
        for (int c = 0; c < 3; c++) {
            planes[c] = Plane.empty(image.width(), image.height());
            for (int i = 0; i < planes[c].values().length; i++) {
                planes[c].values()[i] = FROM_BYTE[image.rgb()[3 * i + c] & 0xff];
            }
        }
        return new LinearLight(planes[0], planes[1], planes[2]);
    }

    Image image() {
        byte[] rgb = new byte[3 * red.values().length];
        for (int c = 0; c < 3; c++) {
            float[] values = channel(c).values();
            for (int i = 0; i < values.length; i++) {
                rgb[3 * i + c] = (byte) Math.round(255 * encode(values[i]));
            }
        }
        return new Image(red.width(), red.height(), rgb);
    }

    Plane channel(int c) {
        return c == 0 ? red : c == 1 ? green : blue;
    }

    /** Relative luminance (ITU-R BT.709). */
    Plane luminance() {
        return red.with(green, (r, g) -> 0.2126 * r + 0.7152 * g).with(blue, (rg, b) -> rg + 0.0722 * b);
    }

    /** Each channel changed by a function of its own. */
    LinearLight map(ChannelChange change) {
        return new LinearLight(change.apply(0, red), change.apply(1, green), change.apply(2, blue));
    }

    /** A new plane for a channel: 0 red, 1 green, 2 blue. */
    @FunctionalInterface
    interface ChannelChange {
        Plane apply(int channel, Plane light);
    }

    /** The sRGB curve: light 0 to 1 (clipped) to what is stored, 0 to 1. */
    static double encode(double light) {
        double v = Math.max(0, Math.min(1, light));
        return v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
    }
}
