package org.tiepoint.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class PeakinessTest {
    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    @Test
    void aPeakStandsOut() {
        try (TensorScope scope = new TensorScope()) {
            double[] values = new double[2 * 25];
            values[12] = 5; // the middle of the first channel
            double[] peakiness = Peakiness.of(Tensor.of(values, 1, 2, 5, 5)).toDoubles();
            // divided by the maximum: 1; its surroundings' mean 1/9, its channels' 1/2
            assertEquals(softplus(8 / 9.0) * softplus(0.5), peakiness[12], 1e-12);
            // beside it the second channel, even, stands out more than the first, which is below its surroundings
            assertEquals(softplus(0) * softplus(0), peakiness[11], 1e-12);
            assertEquals(softplus(0) * softplus(0), peakiness[0], 1e-12);
        }
    }

    /** The border is mirrored: a 1 at (1, 0) is in the corner's surroundings three times. */
    @Test
    void theBorderIsMirrored() {
        try (TensorScope scope = new TensorScope()) {
            double[] values = {0, 1, 0, 0, 0, 0, 0, 0, 0};
            double corner = Peakiness.of(Tensor.of(values, 1, 1, 3, 3)).toDoubles()[0];
            assertEquals(softplus(-2 / 9.0) * softplus(0), corner, 1e-12);
        }
    }

    @Test
    void imagesOfABatchAreScaledAlone() {
        try (TensorScope scope = new TensorScope()) {
            Tensor one = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);
            double[] alone = Peakiness.of(one).toDoubles();
            double[] batch = Peakiness.of(Tensor.concatenate(0, one.mul(100), one)).toDoubles();
            for (int i = 0; i < alone.length; i++) {
                assertEquals(alone[i], batch[i], 1e-12);
                assertEquals(alone[i], batch[alone.length + i], 1e-12);
            }
        }
    }

    /** A black image, and one whose greatest value is 0, have no maximum to divide by. */
    @Test
    void darkImagesAreHarmless() {
        try (TensorScope scope = new TensorScope()) {
            assertTrue(Peakiness.of(Tensor.zeros(1, 3, 4, 4)).isFinite());
            double[] dark = new double[16];
            Arrays.fill(dark, -2);
            dark[0] = 0;
            assertTrue(Peakiness.of(Tensor.of(dark, 1, 1, 4, 4)).isFinite());
        }
    }
}
