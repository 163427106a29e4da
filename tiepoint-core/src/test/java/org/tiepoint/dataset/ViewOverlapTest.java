package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewOverlapTest {
    @Test
    void sharedPointsAreAShareOfTheFewer() {
        PosedCollection ring = TestScenes.ring(3, 10, 5);
        PosedCollection scene = TestScenes.collection(ring.images(), Optional.of(new SparsePoints(new double[12],
                new int[][] {{0, 1}, {0, 1}, {0}, {0}})));
        assertArrayEquals(new double[] {1, 1, 0}, ViewOverlap.of(scene).with(0));
        assertArrayEquals(new double[] {1, 1, 0}, ViewOverlap.of(scene).with(1));
        assertArrayEquals(new double[] {0, 0, 0}, ViewOverlap.of(scene).with(2));
        assertThrows(IllegalArgumentException.class, () -> ViewOverlap.of(scene).with(3));
    }

    @Test
    void frustaOverlapLessTheFurtherApart() {
        PosedCollection ring = TestScenes.ring(19, 10, 5);
        double[] shares = ViewOverlap.of(ring).with(0);
        assertEquals(1, shares[0]);
        assertTrue(shares[1] > shares[4] && shares[4] > shares[9], shares[1] + " " + shares[4] + " " + shares[9]);
        assertEquals(shares[5], ViewOverlap.of(ring).with(5)[0]);
    }
}
