package org.tiepoint.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GeneralisedMeanTest {
    private static final float[] MAP = {1, 2, 3, -5, 0, 4};

    @Test
    void isTheCubicMeanOfEachChannelScaledToLengthOne() {
        double first = Math.cbrt((1 + 8 + 27) / 3.0);
        double second = Math.cbrt(64 / 3.0);
        double length = Math.hypot(first, second);
        assertArrayEquals(new float[] {(float) (first / length), (float) (second / length)},
                GeneralisedMean.pool(MAP, 2, 3), 1e-6f);
    }

    @Test
    void powerOneIsTheMean() {
        double length = Math.hypot(2, 4 / 3.0);
        assertArrayEquals(new float[] {(float) (2 / length), (float) (4 / 3.0 / length)},
                GeneralisedMean.pool(MAP, 2, 1), 1e-5f);
    }

    @Test
    void wrongInputIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> GeneralisedMean.pool(MAP, 4, 3));
        assertThrows(IllegalArgumentException.class, () -> GeneralisedMean.pool(new float[0], 1, 3));
        assertThrows(IllegalArgumentException.class, () -> GeneralisedMean.pool(MAP, 2, 0));
    }
}
