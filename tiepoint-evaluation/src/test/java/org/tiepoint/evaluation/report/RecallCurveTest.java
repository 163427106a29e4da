package org.tiepoint.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tiepoint.evaluation.ErrorAuc;

class RecallCurveTest {
    private static final double[] ERRORS = {4, Double.POSITIVE_INFINITY, 1, 25};

    @Test
    void risesAtEachErrorAndIsLevelAfterTheLast() {
        Curve curve = RecallCurve.of("sift", 0, ERRORS, 20);
        assertArrayEquals(new double[] {0, 1, 4, 20}, curve.x());
        assertArrayEquals(new double[] {0, 0.25, 0.5, 0.5}, curve.y());
    }

    /** The table's AUC is the area under the drawn curve. */
    @Test
    void itsAreaIsTheAuc() {
        Curve curve = RecallCurve.of("sift", 0, ERRORS, 20);
        double area = 0;
        for (int i = 1; i < curve.x().length; i++) {
            area += (curve.x()[i] - curve.x()[i - 1]) * (curve.y()[i] + curve.y()[i - 1]) / 2;
        }
        assertEquals(ErrorAuc.of(ERRORS, 20), area / 20, 1e-12);
    }

    @Test
    void noErrorWithinTheLimitIsAFlatLine() {
        assertArrayEquals(new double[] {0, 0}, RecallCurve.of("none", 0, new double[] {90}, 20).y());
    }
}
