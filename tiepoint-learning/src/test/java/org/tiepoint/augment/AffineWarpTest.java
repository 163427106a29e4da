package org.tiepoint.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AffineWarpTest {
    private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    @Test
    void withoutRangesItIsTheIdentity() {
        AffineWarp none = new AffineWarp(0, 1, 1);
        assertTrue(none.isIdentity());
        assertFalse(new AffineWarp(1, 1, 1).isIdentity());
        assertFalse(new AffineWarp(0, 1.1, 1).isIdentity());
        assertFalse(new AffineWarp(0, 1, 1.1).isIdentity());
        assertArrayEquals(IDENTITY, none.draw(320, 240, new SplittableRandom(1)), 1e-12);
    }

    /** The centre stays, and the singular values lie in the ranges of zoom and tilt. */
    @Test
    void everyDrawIsWithinTheRanges() {
        SplittableRandom random = new SplittableRandom(3);
        AffineWarp warp = new AffineWarp(180, 1.5, 2);
        double least = 9;
        double most = 0;
        for (int i = 0; i < 2000; i++) {
            double[] a = warp.draw(321, 200, random);
            assertEquals(160, a[0] * 160 + a[1] * 99.5 + a[2], 1e-9);
            assertEquals(99.5, a[3] * 160 + a[4] * 99.5 + a[5], 1e-9);
            double determinant = a[0] * a[4] - a[1] * a[3];
            double squares = a[0] * a[0] + a[1] * a[1] + a[3] * a[3] + a[4] * a[4];
            double root = Math.sqrt(squares * squares / 4 - determinant * determinant + 1e-15);
            double longer = Math.sqrt(squares / 2 + root);
            double shorter = determinant / longer;
            assertTrue(longer > 1 / 1.5 - 1e-6 && longer < 1.5 + 1e-6, "zoom " + longer);
            assertTrue(shorter / longer > 0.5 - 1e-6 && shorter / longer < 1 + 1e-6, "tilt " + shorter / longer);
            least = Math.min(least, longer);
            most = Math.max(most, longer);
        }
        assertEquals(1 / 1.5, least, 0.01);
        assertEquals(1.5, most, 0.01);
    }

    /** x to the right, y down: a positive roll turns the picture clockwise. */
    @Test
    void rollTurnsWithoutChangingShape() {
        SplittableRandom random = new SplittableRandom(3);
        double widest = 0;
        for (int i = 0; i < 500; i++) {
            double[] a = new AffineWarp(30, 1, 1).draw(100, 100, random);
            assertEquals(a[0], a[4], 1e-12);
            assertEquals(a[1], -a[3], 1e-12);
            assertEquals(1, a[0] * a[0] + a[3] * a[3], 1e-12);
            widest = Math.max(widest, Math.abs(Math.toDegrees(Math.atan2(a[3], a[0]))));
        }
        assertTrue(widest > 29 && widest <= 30, "widest " + widest);
    }

    @Test
    void aShareOfItNarrowsTheRanges() {
        AffineWarp warp = new AffineWarp(30, 1.5, 4);
        assertTrue(warp.scaled(0).isIdentity());
        assertEquals(warp, warp.scaled(1));
        assertEquals(15, warp.scaled(0.5).rollDegrees());
        assertEquals(Math.sqrt(1.5), warp.scaled(0.5).zoom(), 1e-12);
        assertEquals(2, warp.scaled(0.5).tilt(), 1e-12);
    }

    @Test
    void rangesAreChecked() {
        assertEquals("zoom is 0.9: it must be 1 to 8",
                assertThrows(IllegalArgumentException.class, () -> new AffineWarp(0, 0.9, 1)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new AffineWarp(-1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new AffineWarp(0, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new AffineWarp(181, 1, 1));
    }
}
