package org.tiepoint.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestPlacesTest {
    /** More places than are kept, of equal scores and of the least and greatest ones that there are. */
    @Test
    void givesTheFirstOfASortedList() {
        Random random = new Random(3);
        for (int wanted : new int[] {0, 1, 7, 600, 5000, 20_000}) {
            for (float least : new float[] {Float.MIN_VALUE, 0.25f, 1e30f}) {
                BestPlaces best = new BestPlaces(wanted);
                float[] scores = new float[20_000];
                for (int i = 0; i < scores.length; i++) {
                    scores[i] = least * (1 + random.nextInt(1 + i));
                    if (scores[i] >= best.floor()) {
                        best.add(i, scores[i]);
                    }
                }
                int[] expected = IntStream.range(0, scores.length).boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -scores[i])).limit(wanted)
                        .mapToInt(Integer::intValue).toArray();
                assertArrayEquals(expected, best.sorted());
            }
        }
    }

    @Test
    void theFloorRises() {
        BestPlaces best = new BestPlaces(10);
        for (int i = 0; i < 5000; i++) {
            best.add(i, 1 + i);
        }
        assertTrue(best.floor() > 2000 && best.floor() < 5000, best.floor() + "");
    }
}
