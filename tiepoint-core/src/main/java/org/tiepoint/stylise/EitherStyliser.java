package org.tiepoint.stylise;

import java.util.SplittableRandom;
import org.tiepoint.image.Image;

/**
 * One of two stylisers, which the seed chooses.
 *
 * @param first  a styliser
 * @param second another
 * @param share  of seeds for the second, 0 to 1
 */
public record EitherStyliser(Styliser first, Styliser second, double share) implements Styliser {
    public EitherStyliser {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + ": it must be 0 to 1");
        }
    }

    @Override
    public Image stylise(Image photo, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean useSecond = random.nextDouble() < share;
        return (useSecond ? second : first).stylise(photo, random.nextLong());
    }
}
