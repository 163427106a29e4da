package org.tiepoint.evaluation.sweep;

import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.image.Image;

/** Photos whose pixels are known. */
final class TestPhoto {
    private TestPhoto() {}

    /** Red rises by 2 a column, green by 1 a row, blue falls by 1 a column: all linear, none cut. */
    static Image ramp(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            rgb[3 * i] = (byte) red(i % width);
            rgb[3 * i + 1] = (byte) green(i / width);
            rgb[3 * i + 2] = (byte) (250 - i % width);
        }
        return new Image(width, height, rgb);
    }

    /** The red of a ramp at a column. */
    static double red(double x) {
        return 10 + 2 * x;
    }

    /** The green of a ramp at a row. */
    static double green(double y) {
        return 20 + y;
    }

    /** A rendered town square. */
    static Image town() {
        return SyntheticScene.create(SceneOptions.defaults().withViews(1).withSize(320, 240)).render(0).image();
    }

    /** A channel of a pixel, 0 to 255. */
    static int value(Image image, int x, int y, int channel) {
        return image.rgb()[3 * (y * image.width() + x) + channel] & 0xFF;
    }
}
