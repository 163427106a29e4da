package org.tiepoint.stylise;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.tiepoint.image.Image;

/**
 * Moves the colours of an exemplar photo onto a photo by optimal transport in a decorrelated colour space
 * ({@link ColourStatistics#transportTo}, {@link RudermanSpace}). The change of colour that it asks for is smoothed with
 * the photo itself as guide ({@link GuidedChange}): within regions it varies slowly, and it changes only at edges that
 * the photo has. So edges stay, and noise and compression blocks are not amplified. Immutable; safe for use by several
 * threads.
 */
public final class ColourTransport implements Styliser {
    /** Stretching the colours of a dull photo further shows its noise. */
    private static final double MOST_GAIN = 2.5;

    private final List<ColourStatistics> exemplars;

    private ColourTransport(List<ColourStatistics> exemplars) {
        this.exemplars = exemplars;
    }

    /**
     * Transport towards one of several exemplars, which the seed chooses. Only their statistics are kept.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ColourTransport towards(Iterable<Image> exemplars) {
        List<ColourStatistics> statistics = new ArrayList<>();
        exemplars.forEach(exemplar -> statistics.add(ColourStatistics.of(exemplar)));
        if (statistics.isEmpty()) {
            throw new IllegalArgumentException("colour transport needs at least one exemplar");
        }
        return new ColourTransport(List.copyOf(statistics));
    }

    @Override
    public Image stylise(Image photo, long seed) {
        return stylise(photo, exemplars.get(new SplittableRandom(seed).nextInt(exemplars.size())));
    }

    private static Image stylise(Image photo, ColourStatistics target) {
        Plane[] planes = RudermanSpace.of(LinearLight.of(photo));
        ColourStatistics own = ColourStatistics.of(planes);
        SimpleMatrix map = own.transportTo(target, MOST_GAIN);
        Plane[] changes = new Plane[3];
        for (int c = 0; c < 3; c++) {
            changes[c] = Plane.empty(photo.width(), photo.height());
            for (int i = 0; i < changes[c].values().length; i++) {
                double moved = target.mean()[c];
                for (int d = 0; d < 3; d++) {
                    moved += map.get(c, d) * (planes[d].values()[i] - own.mean()[d]);
                }
                changes[c].values()[i] = (float) (moved - planes[c].values()[i]);
            }
        }
        return GuidedChange.apply(planes, changes);
    }
}
