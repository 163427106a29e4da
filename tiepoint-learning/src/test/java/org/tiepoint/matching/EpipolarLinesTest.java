package org.tiepoint.matching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class EpipolarLinesTest {
    /** The line of (x, y) is 3 X + 4 Y + (x + 10 y) = 0. */
    private static final double[] FUNDAMENTAL = {0, 0, 3, 0, 0, 4, 1, 10, 0};

    @Test
    void linesAndDistancesInPixels() {
        try (TensorScope scope = new TensorScope()) {
            Tensor points = Tensor.of(new double[] {5, 0, 0, 1}, 1, 2, 2);
            Tensor lines = EpipolarLines.of(points, Tensor.of(FUNDAMENTAL, 1, 3, 3));
            assertArrayEquals(new double[] {3, 4, 5, 3, 4, 10}, lines.toDoubles());
            Tensor others = Tensor.of(new double[] {0, 0, 1, 2}, 1, 2, 2);
            assertArrayEquals(new double[] {1, 21 / 5.0}, EpipolarLines.distance(lines, others).toDoubles(), 1e-12);
            Tensor three = Tensor.of(new double[] {0, 0, 1, 2, -3, 1}, 1, 3, 2);
            assertArrayEquals(new double[] {1, 16 / 5.0, 0, 2, 21 / 5.0, 1},
                    EpipolarLines.distances(lines, three).toDoubles(), 1e-12);
        }
    }

    @Test
    void eachImagePairHasItsMatrix() {
        try (TensorScope scope = new TensorScope()) {
            double[] both = new double[18];
            System.arraycopy(FUNDAMENTAL, 0, both, 0, 9);
            both[9 + 2] = 1;
            Tensor points = Tensor.of(new double[] {5, 0, 5, 0}, 2, 1, 2);
            Tensor lines = EpipolarLines.of(points, Tensor.of(both, 2, 3, 3));
            assertArrayEquals(new double[] {3, 4, 5, 1, 0, 0}, lines.toDoubles());
        }
    }

    /** At an epipole there is no line: distances are bounded, not NaN. */
    @Test
    void noLineIsHarmless() {
        try (TensorScope scope = new TensorScope()) {
            Tensor none = Tensor.of(new double[3], 1, 1, 3);
            Tensor point = Tensor.of(new double[] {7, 8}, 1, 1, 2);
            assertArrayEquals(new double[] {0}, EpipolarLines.distance(none, point).toDoubles());
            assertArrayEquals(new double[] {0}, EpipolarLines.distances(none, point).toDoubles());
        }
    }
}
