package org.tiepoint.dataset.synthetic;

/**
 * What to render. Two scenes of equal options are equal to the last bit.
 *
 * @param seed        of the layout, textures, cameras, light and sensor noise
 * @param views       cameras, 1 to 1000
 * @param width       image width in pixels, 16 to 4096
 * @param height      image height in pixels, 16 to 4096
 * @param stepDegrees mean angle between the directions from the scene's centre to consecutive cameras, 1 to 30
 * @param lightChange how much the sun's direction, its colour and strength, and the exposure vary from view to view:
 *                    0 (one light for all) to 1 (exposure over 2.4 stops, sun anywhere between low and high, cloudy)
 * @param samples     rays along each side of a pixel, 1 to 4: 2 gives 4 rays a pixel
 */
public record SceneOptions(long seed, int views, int width, int height, double stepDegrees, double lightChange,
        int samples) {
    public SceneOptions {
        require("views", views, 1, 1000);
        require("width", width, 16, 4096);
        require("height", height, 16, 4096);
        require("stepDegrees", stepDegrees, 1, 30);
        require("lightChange", lightChange, 0, 1);
        require("samples", samples, 1, 4);
    }

    /** Seed 1, 12 views of 640x480 about 8 degrees apart, moderate change of light, 4 rays a pixel. */
    public static SceneOptions defaults() {
        return new SceneOptions(1, 12, 640, 480, 8, 0.4, 2);
    }

    public SceneOptions withSeed(long newSeed) {
        return new SceneOptions(newSeed, views, width, height, stepDegrees, lightChange, samples);
    }

    public SceneOptions withViews(int newViews) {
        return new SceneOptions(seed, newViews, width, height, stepDegrees, lightChange, samples);
    }

    public SceneOptions withSize(int newWidth, int newHeight) {
        return new SceneOptions(seed, views, newWidth, newHeight, stepDegrees, lightChange, samples);
    }

    public SceneOptions withLightChange(double newLightChange) {
        return new SceneOptions(seed, views, width, height, stepDegrees, newLightChange, samples);
    }

    private static void require(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " is " + plain(value) + ": it must lie in " + plain(least)
                    + " to " + plain(most));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
