package org.tiepoint.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class DualSoftmaxLossTest {
    private static final DualSoftmaxLoss.Options OPTIONS = new DualSoftmaxLoss.Options(2, 3);

    /** Two images of two points; the similarities are 1 on the diagonal and given numbers beside it. */
    private static double loss(double angle, float[] first, float[] second) {
        try (TensorScope scope = new TensorScope()) {
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            Tensor anchors = Tensor.of(new double[] {1, 0, 0, 0, c, s, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}, 4, 4);
            return DualSoftmaxLoss.of(anchors, anchors, List.of(first, second), OPTIONS).total().item();
        }
    }

    @Test
    void isMinusTheMeanLogarithmOfBothSoftmaxes() {
        double near = Math.cos(0.5);
        double like = Math.log(Math.exp(2) + Math.exp(2 * near) + 2) - 2;
        double unlike = Math.log(Math.exp(2) + 3) - 2;
        assertEquals((like + unlike) / 2, loss(0.5, new float[] {0, 0, 50, 0}, new float[] {0, 0, 50, 0}), 1e-5);
    }

    @Test
    void pointsOfTheSameImageBesideTheRightOneAreNoNegatives() {
        double without = Math.log(Math.exp(2) + 2) - 2;
        double unlike = Math.log(Math.exp(2) + 3) - 2;
        assertEquals((without + unlike) / 2, loss(0.5, new float[] {7, 7, 9, 8}, new float[] {7, 7, 50, 0}), 1e-5);
    }

    @Test
    void noPointsCostNothing() {
        try (TensorScope scope = new TensorScope()) {
            Tensor none = Tensor.zeros(0, 4);
            assertEquals(0, DualSoftmaxLoss.of(none, none, List.of(new float[0]), OPTIONS).total().item());
        }
    }

    @Test
    void refusesListsThatDoNotFit() {
        try (TensorScope scope = new TensorScope()) {
            Tensor two = Tensor.zeros(2, 4);
            assertEquals("2 anchors and 2 positives for 1 points", assertThrows(IllegalArgumentException.class,
                    () -> DualSoftmaxLoss.of(two, two, List.of(new float[2]), OPTIONS)).getMessage());
        }
        assertEquals("temperature is 0.0: it must be above 0", assertThrows(IllegalArgumentException.class,
                () -> new DualSoftmaxLoss.Options(0, 3)).getMessage());
    }
}
