package org.tiepoint.matching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CellPointsTest {
    @Test
    void everyWholeCellHasOnePoint() {
        SplittableRandom random = new SplittableRandom(1);
        boolean[][] seen = new boolean[16][16];
        for (int round = 0; round < 400; round++) {
            float[] xy = CellPoints.draw(50, 39, 16, random);
            assertEquals(2 * 3 * 2, xy.length);
            for (int i = 0; i < 6; i++) {
                int x = (int) xy[2 * i] - i % 3 * 16;
                int y = (int) xy[2 * i + 1] - i / 3 * 16;
                assertTrue(x >= 0 && x < 16 && y >= 0 && y < 16);
                seen[y][x] = true;
            }
        }
        for (boolean[] row : seen) {
            for (boolean pixel : row) {
                assertTrue(pixel, "2400 draws leave out no pixel of 256 but with a chance of 2 %");
            }
        }
    }

    @Test
    void drawsFollowTheSeed() {
        assertArrayEquals(CellPoints.draw(64, 48, 8, new SplittableRandom(3)),
                CellPoints.draw(64, 48, 8, new SplittableRandom(3)));
    }

    @Test
    void cellsLargerThanTheImageAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> CellPoints.draw(64, 10, 16, new SplittableRandom(3)));
        assertThrows(IllegalArgumentException.class, () -> CellPoints.draw(64, 10, 0, new SplittableRandom(3)));
    }
}
