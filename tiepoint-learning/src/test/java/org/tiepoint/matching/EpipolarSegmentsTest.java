package org.tiepoint.matching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class EpipolarSegmentsTest {
    /** An 11 x 6 image: border points from (0, 0) to (10, 5). */
    private static EpipolarSegments segments(double... lines) {
        return EpipolarSegments.of(Tensor.of(lines, 1, lines.length / 3, 3), 11, 6);
    }

    private static void assertSegment(EpipolarSegments segments, int i, double... ends) {
        assertEquals(1, segments.valid().toDoubles()[i]);
        double[] start = segments.start().select(1, i).toDoubles();
        double[] end = segments.end().select(1, i).toDoubles();
        assertArrayEquals(ends, new double[] {start[0], start[1], end[0], end[1]}, 1e-12);
    }

    @Test
    void linesEndAtTheBorder() {
        try (TensorScope scope = new TensorScope()) {
            EpipolarSegments segments = segments(
                    0, 1, -2, // y = 2
                    1, 0, -3, // x = 3
                    1, -1, -1, // y = x - 1
                    1, 2, -9); // from (0, 4.5) to (9, 0)
            assertSegment(segments, 0, 0, 2, 10, 2);
            assertSegment(segments, 1, 3, 5, 3, 0);
            assertSegment(segments, 2, 6, 5, 1, 0);
            assertSegment(segments, 3, 0, 4.5, 9, 0);
        }
    }

    @Test
    void linesThatMissTheImageOrMeetACornerAreNotValid() {
        try (TensorScope scope = new TensorScope()) {
            EpipolarSegments segments = segments(
                    0, 1, 2, // y = -2
                    1, 0, -20, // x = 20
                    1, -1, 0, // through (0, 0)
                    0, 0, 0, // no line
                    0, 0, 1);
            assertArrayEquals(new double[5], segments.valid().toDoubles());
            assertTrue(segments.start().isFinite() && segments.end().isFinite());
            // what a line that misses the image is searched along: from the left to the right side
            assertArrayEquals(new double[] {0, -2}, segments.start().select(1, 0).toDoubles());
            assertArrayEquals(new double[] {10, -2}, segments.end().select(1, 0).toDoubles());
        }
    }
}
