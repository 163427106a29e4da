package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DepthRangeTest {
    @Test
    void measuresSparsePoints() {
        PosedCollection scene = TestScenes.withPoints(TestScenes.ring(20, 5, 10), 500, 2, 4);
        DepthRange range = DepthRange.of(scene);

        assertEquals(10, range.typical(), 0.3);
        // a ball of radius 2: depths 8 to 12, with the margin of 1.25
        assertTrue(range.min() > 8 / 1.3 && range.min() < 9 / 1.25, range.toString());
        assertTrue(range.max() > 11 * 1.25 && range.max() < 12.1 * 1.25, range.toString());
    }

    @Test
    void aFewWildPointsDoNotWidenTheRange() {
        PosedCollection scene = TestScenes.withPoints(TestScenes.ring(20, 5, 10), 500, 2, 4);
        double[] xyz = scene.points().orElseThrow().xyz();
        for (int p = 0; p < 8; p++) {
            xyz[3 * p] *= 1e6;
            xyz[3 * p + 2] *= 1e6;
        }
        DepthRange range = DepthRange.of(scene);
        assertTrue(range.min() >= range.typical() / 16 && range.max() <= range.typical() * 16, range.toString());
    }

    @Test
    void guessesFromWhereTheCamerasLook() {
        DepthRange range = DepthRange.of(TestScenes.ring(12, 10, 7));
        assertEquals(7, range.typical(), 1e-6);
        assertEquals(7 / 8.0, range.min(), 1e-6);
        assertEquals(56, range.max(), 1e-5);
    }

    @Test
    void guessesFromTheBaselineOfACarThatDrives() {
        assertEquals(12, DepthRange.of(TestScenes.drive(30, 1.2)).typical(), 1e-9);
    }

    @Test
    void fallsBackOnCapsWhereAllCamerasStandInOnePlace() {
        assertEquals(DepthRange.CAPS, DepthRange.of(TestScenes.drive(5, 0)));
        assertEquals(new DepthRange(4, 40, 400), DepthRange.CAPS);
    }

    @Test
    void whatTheSourceSaysComesFirst() {
        PosedCollection ring = TestScenes.withPoints(TestScenes.ring(20, 5, 10), 500, 2, 4);
        DepthRange said = new DepthRange(1, 2, 3);
        assertEquals(said, DepthRange.of(new PosedCollection("x", ring.images(), List.of(), ring.points(),
                Optional.of(said))));
    }

    @Test
    void refusesWhatIsNoRange() {
        assertThrows(IllegalArgumentException.class, () -> new DepthRange(0, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> new DepthRange(2, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> new DepthRange(1, 2, Double.NaN));
    }
}
