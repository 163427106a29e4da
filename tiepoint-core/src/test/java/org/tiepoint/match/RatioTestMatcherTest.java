package org.tiepoint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.tiepoint.feature.Features;

class RatioTestMatcherTest extends MatcherContractTest {
    @Override
    protected Matcher matcher() {
        return new RatioTestMatcher(0.8);
    }

    @Test
    void dropsWhatHasASecondNeighbourNearly() {
        Features first = features(1, 0);
        assertEquals(1, matcher().match(first, features(1, 10, 7.9f)).count());
        assertEquals(0, matcher().match(first, features(1, 10, 8.1f)).count());
        assertEquals(0, matcher().match(first, features(1, 3, 3)).count());
        assertEquals(0, matcher().match(first, features(1, 3)).count());
    }

    @Test
    void scoresByTheQuotient() {
        assertArrayEquals(new float[] {0.75f}, matcher().match(features(1, 0), features(1, 8, 2)).scores(), 1e-6f);
    }

    @Test
    void asksForMutualityUnlessToldNotTo() {
        Features first = features(1, 0, 1);
        Features second = features(1, 1.1f, 9);
        assertArrayEquals(new int[] {1, 0}, matcher().match(first, second).indices());
        Matcher oneWay = new RatioTestMatcher(new RatioTestMatcher.Options(0.8, false));
        assertArrayEquals(new int[] {0, 0, 1, 0}, oneWay.match(first, second).indices());
    }

    @Test
    void refusesImpossibleRatios() {
        assertThrows(IllegalArgumentException.class, () -> new RatioTestMatcher(0));
        assertThrows(IllegalArgumentException.class, () -> new RatioTestMatcher(1.1));
        assertThrows(IllegalArgumentException.class, () -> new RatioTestMatcher(Double.NaN));
    }
}
