package org.tiepoint.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class CellClassificationLossTest {
    private static final double[] SAME = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    /** Two cells side by side; one score of 2, at (10, 3). */
    private static double loss(float[] points, double[] toOther) {
        try (TensorScope scope = new TensorScope()) {
            float[] scores = new float[8 * 16];
            scores[3 * 16 + 10] = 2;
            return CellClassificationLoss.of(Tensor.of(scores, 1, 1, 8, 16), List.of(points), List.of(toOther)).total()
                    .item();
        }
    }

    @Test
    void isTheMeanCrossEntropyOfTheCells() {
        double left = Math.log(65);
        double right = Math.log(64 + Math.exp(2));
        assertEquals((left + right) / 2, loss(new float[0], SAME), 1e-5);
        assertEquals((left + right - 2) / 2, loss(new float[] {10.4f, 2.6f}, SAME), 1e-5);
        assertEquals((left + right - 2) / 2, loss(new float[] {10, 3, 12, 3, 1, 1}, SAME), 1e-5);
        assertEquals((left + right) / 2, loss(new float[] {12, 3, 10, 3}, SAME), 1e-5);
    }

    @Test
    void cellsThatTheOtherImageDoesNotShowDoNotCount() {
        double[] moved = {1, 0, 8, 0, 1, 0, 0, 0, 1};
        assertEquals(Math.log(65), loss(new float[] {10, 3}, moved), 1e-5);
        double[] away = {1, 0, 80, 0, 1, 0, 0, 0, 1};
        assertEquals(0, loss(new float[] {10, 3}, away), 0.0);
    }
}
