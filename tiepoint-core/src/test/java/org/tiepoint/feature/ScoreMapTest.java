package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreMapTest {
    @Test
    void findsWhatAPlainLoopFinds() {
        Random random = new Random(1);
        int width = 23;
        int height = 17;
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        int[] expected = IntStream.range(0, values.length).filter(i -> {
            for (int j = 0; j < values.length; j++) {
                boolean near = Math.abs(i % width - j % width) <= 2 && Math.abs(i / width - j / width) <= 2;
                if (near && values[j] > values[i]) {
                    return false;
                }
            }
            return values[i] > 0.5f;
        }).toArray();
        assertArrayEquals(expected, new ScoreMap(width, height, values).maxima(2, 0, 0.5f));
    }

    /** 3 is next to 4, 4 next to 5: only without 4 and its neighbours is the 3 beyond them a maximum. */
    @Test
    void furtherRoundsFindWhatWasInTheShadowOfTheSuppressed() {
        float[] row = {5, 4, 3, 0, 0, 0};
        assertArrayEquals(new int[] {0}, new ScoreMap(6, 1, row).maxima(1, 0, 0));
        assertArrayEquals(new int[] {0, 2}, new ScoreMap(6, 1, row).maxima(1, 1, 0));
    }

    @Test
    void refusesAnotherNumberOfValues() {
        assertThrows(IllegalArgumentException.class, () -> new ScoreMap(2, 2, new float[3]));
    }
}
