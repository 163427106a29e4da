package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ErrorAucTest {
    /** Recall 0.25 at 1, 0.5 at 2, 0.75 at 4, level to 5: 0.125 + 0.375 + 1.25 + 0.75 = 2.5, of 5. */
    @Test
    void addsTrapezesAndALevelRest() {
        double[] errors = {4, 1, Double.POSITIVE_INFINITY, 2};
        assertEquals(0.5, ErrorAuc.of(errors, 5), 1e-12);
        assertEquals((0.125 + 0.375 + 1.25 + 6 * 0.75) / 10, ErrorAuc.of(errors, 10), 1e-12);
    }

    /** An error at the threshold is not below it: recall 0.5 at 2, level to 5. */
    @Test
    void anErrorAtTheThresholdDoesNotCount() {
        assertEquals((0.5 + 1.5) / 5, ErrorAuc.of(new double[] {2, 5}, 5), 1e-12);
    }

    @Test
    void perfectPosesGiveOneAndFailedOnesNothing() {
        assertEquals(1, ErrorAuc.of(new double[] {0, 0, 0}, 5), 1e-12);
        assertEquals(0, ErrorAuc.of(new double[] {7, Double.POSITIVE_INFINITY}, 5), 0);
        assertEquals(0, ErrorAuc.of(new double[0], 5), 0);
    }

    @Test
    void theThresholdMustBePositive() {
        assertThrows(IllegalArgumentException.class, () -> ErrorAuc.of(new double[] {1}, 0));
    }
}
