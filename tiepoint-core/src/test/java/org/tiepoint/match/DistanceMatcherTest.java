package org.tiepoint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.tiepoint.feature.Features;

class DistanceMatcherTest extends MatcherContractTest {
    @Override
    protected Matcher matcher() {
        return new DistanceMatcher(DistanceMatcher.Options.defaults());
    }

    @Test
    void keepsWhatIsWithinTheLimit() {
        Features first = features(2, 0, 0, 10, 0, 20, 0);
        Features second = features(2, 3, 4, 10, 4, 20, 0);
        Matches matches = new DistanceMatcher(new DistanceMatcher.Options(4)).match(first, second);
        assertArrayEquals(new int[] {1, 1, 2, 2}, matches.indices());
        assertArrayEquals(new float[] {-4, 0}, matches.scores(), 1e-6f);
    }

    @Test
    void refusesImpossibleLimits() {
        assertThrows(IllegalArgumentException.class, () -> new DistanceMatcher.Options(0));
        assertThrows(IllegalArgumentException.class, () -> new DistanceMatcher.Options(Double.NaN));
    }
}
