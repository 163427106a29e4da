package org.tiepoint.feature;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.tiepoint.image.Image;

/**
 * Key points drawn uniformly from the image's area, as CAPS draws part of its query points. The same image gives the
 * same points for one seed, another image others. Score 1, diameter 8 pixels, no orientation. Immutable; safe for use
 * by several threads.
 */
public final class RandomDetector implements Detector {
    private final long seed;

    public RandomDetector(long seed) {
        this.seed = seed;
    }

    @Override
    public Keypoints detect(Image image, int maxKeypoints) {
        KeypointLimit.require(maxKeypoints);
        SplittableRandom random = new SplittableRandom(seed * 31 + Arrays.hashCode(image.rgb()));
        float[] xy = new float[2 * maxKeypoints];
        for (int i = 0; i < maxKeypoints; i++) {
            xy[2 * i] = (float) (random.nextDouble() * (image.width() - 1));
            xy[2 * i + 1] = (float) (random.nextDouble() * (image.height() - 1));
        }
        return UnscaledKeypoints.at(xy);
    }
}
