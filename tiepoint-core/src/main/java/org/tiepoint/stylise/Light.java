package org.tiepoint.stylise;

import java.util.SplittableRandom;

/** Lights that {@link Relighting} can put a photo into. */
public enum Light {
    /** Another exposure (-1.3 to 1 stops), white balance and contrast. */
    DAYLIGHT(Light::daylight),
    /** Little blue light from everywhere, a dark sky, and two to five lamps with their halos; sensor noise. */
    NIGHT(Lamps::night),
    /** Contrast and colour fade towards a grey airlight with the distance. */
    HAZE(Light::haze),
    /** A warm sun that reaches part of the scene, and bluish light in the shadow; the border is a wide ramp. */
    SUNSET(Light::sunset);

    private final Cast cast;

    Light(Cast cast) {
        this.cast = cast;
    }

    /** How a light falls on a scene. */
    @FunctionalInterface
    interface Cast {
        LinearLight on(PhotoScene scene, SplittableRandom random);
    }

    LinearLight on(PhotoScene scene, SplittableRandom random) {
        return cast.on(scene, random);
    }

    private static LinearLight daylight(PhotoScene scene, SplittableRandom random) {
        double exposure = Math.pow(2, random.nextDouble(-1.3, 1));
        double warmth = random.nextDouble(-0.35, 0.35);
        double contrast = random.nextDouble(0.8, 1.3);
        double[] gains = {exposure * Math.pow(2, warmth), exposure, exposure * Math.pow(2, -warmth)};
        // the curve turns about middle grey
        return scene.light().map((c, plane) -> plane.map(v -> 0.18 * Math.pow(gains[c] * v / 0.18, contrast)));
    }

    private static LinearLight haze(PhotoScene scene, SplittableRandom random) {
        double density = random.nextDouble(0.6, 1.9);
        double grey = random.nextDouble(0.5, 0.85);
        double blue = random.nextDouble(-0.04, 0.1);
        double[] air = {grey * (1 - blue), grey, grey * (1 + blue)};
        return scene.light().map((c, plane) -> plane.with(scene.far(), (v, far) -> {
            double through = Math.exp(-density * far);
            return v * through + air[c] * (1 - through);
        }));
    }

    private static LinearLight sunset(PhotoScene scene, SplittableRandom random) {
        int width = scene.sky().width();
        int height = scene.sky().height();
        double diagonal = Math.hypot(width, height);
        double angle = random.nextDouble(0, 2 * Math.PI);
        double middleX = width * random.nextDouble(0.25, 0.75);
        double middleY = height * random.nextDouble(0.25, 0.75);
        double ramp = diagonal * random.nextDouble(0.12, 0.4);
        double sun = random.nextDouble(1.1, 1.9);
        double redness = random.nextDouble(0.35, 0.85);
        double shade = random.nextDouble(0.2, 0.4);
        double[] sunColour = {sun, sun * (1 - 0.5 * redness), sun * (1 - 0.95 * redness)};
        double[] shadeColour = {shade * 0.8, shade * 0.95, shade * 1.25};
        Plane lit = Plane.empty(width, height);
        for (int i = 0; i < lit.values().length; i++) {
            double along = Math.cos(angle) * (i % width - middleX) + Math.sin(angle) * (i / width - middleY);
            double t = Math.max(0, Math.min(1, 0.5 + along / ramp));
            // the sky has the sun's colour low down and is never in shadow
            double sky = scene.sky().values()[i];
            lit.values()[i] = (float) ((1 - sky) * t * t * (3 - 2 * t) + sky * (0.25 + 0.35 * i / width / height));
        }
        return scene.light().map((c, plane) -> plane.with(lit, (v, share) ->
                v * (shadeColour[c] + share * sunColour[c])));
    }
}
