package org.tiepoint.stylise;

import java.util.List;
import java.util.SplittableRandom;
import org.tiepoint.image.Image;

/**
 * Puts a photo into another {@link Light}, computed on linear light as it would fall on the scene, without exemplars
 * and without depth: what is far is guessed from the height in the picture, the sky and the dark channel. Lights are
 * smooth or follow the photo's own edges, so edges stay where they are. Immutable; safe for use by several threads.
 */
public final class Relighting implements Styliser {
    /** Light above this share of white is compressed rather than cut. */
    private static final double SHOULDER = 0.7;

    private final List<Light> lights;

    /**
     * One of these lights, which the seed chooses.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Relighting(List<Light> lights) {
        if (lights.isEmpty()) {
            throw new IllegalArgumentException("relighting needs at least one light");
        }
        this.lights = List.copyOf(lights);
    }

    /** Any light. */
    public static Relighting any() {
        return new Relighting(List.of(Light.values()));
    }

    @Override
    public Image stylise(Image photo, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Light light = lights.get(random.nextInt(lights.size()));
        return light.on(PhotoScene.of(photo), random).map((c, plane) -> plane.map(Relighting::compress)).image();
    }

    private static double compress(double light) {
        return light < SHOULDER ? light
                : SHOULDER + (1 - SHOULDER) * (1 - Math.exp((SHOULDER - light) / (1 - SHOULDER)));
    }
}
