package org.tiepoint.detector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class HomographyAgreementTest {
    private static final double[] PERSPECTIVE = {2, 0.1, 3, -0.2, 1.5, 4, 0.001, 0.002, 1};

    @Test
    void pointsAreTakenToTheOtherImage() {
        try (TensorScope scope = new TensorScope()) {
            Tensor moved = HomographyAgreement.transfer(Tensor.of(new double[] {0, 0, 10, 20}, 1, 2, 2),
                    Tensor.of(PERSPECTIVE, 1, 3, 3));
            double w = 0.01 + 0.04 + 1;
            assertArrayEquals(new double[] {3, 4, (20 + 2 + 3) / w, (-2 + 30 + 4) / w}, moved.toDoubles(), 1e-12);
        }
    }

    @Test
    void goodPairsAreNearerThanTheThreshold() {
        try (TensorScope scope = new TensorScope()) {
            Tensor good = HomographyAgreement.of(Tensor.of(new double[] {0, 0, 10, 20}, 1, 2, 2),
                    Tensor.of(new double[] {3, 5.9, 3, 6.1, 23.8, 30.5}, 1, 3, 2), Tensor.of(PERSPECTIVE, 1, 3, 3), 2);
            assertArrayEquals(new double[] {1, 0, 0, 0, 0, 1}, good.toDoubles());
        }
    }
}
