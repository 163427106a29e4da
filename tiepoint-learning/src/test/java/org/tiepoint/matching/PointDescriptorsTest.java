package org.tiepoint.matching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tiepoint.loss.AveragePrecisionLoss;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class PointDescriptorsTest {
    /** Two maps of the image's size, 4 x 3, whose two channels are (x, 1) and (1, y). */
    private static Tensor maps() {
        double[] values = new double[2 * 2 * 3 * 4];
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 4; x++) {
                values[4 * y + x] = x;
                values[12 + 4 * y + x] = 1;
                values[24 + 4 * y + x] = 1;
                values[36 + 4 * y + x] = y;
            }
        }
        return Tensor.of(values, 2, 2, 3, 4);
    }

    @Test
    void everyImageHasItsOwnNumberOfPoints() {
        try (TensorScope scope = new TensorScope()) {
            float[] first = {0, 0, 3, 2, 1.5f, 1};
            float[] second = {2, 2};
            Tensor found = PointDescriptors.sample(maps(), List.of(first, second), 4, 3, true);
            double three = Math.hypot(3, 1);
            double half = Math.hypot(1.5, 1);
            double two = Math.hypot(2, 1);
            assertArrayEquals(new double[] {0, 1, 3 / three, 1 / three, 1.5 / half, 1 / half, 1 / two, 2 / two},
                    found.toDoubles(), 1e-6);
            assertArrayEquals(new long[] {4, 2}, found.shape());
        }
    }

    /** As from photos that show nothing: a step of a training takes them without effect. */
    @Test
    void aBatchWithoutPointsHasAGradientOfNothing() {
        try (TensorScope scope = new TensorScope()) {
            Tensor leaf = maps().requireGradient(true);
            List<float[]> none = List.of(new float[0], new float[0]);
            Tensor found = PointDescriptors.sample(leaf, none, 4, 3, true);
            assertArrayEquals(new long[] {0, 2}, found.shape());
            AveragePrecisionLoss.of(found, PointDescriptors.sample(leaf, none, 4, 3, true), new int[2], Optional.empty(),
                    AveragePrecisionLoss.Options.defaults()).total().backward();
            assertArrayEquals(new double[48], leaf.gradient().orElseThrow().toDoubles());
        }
    }

    @Test
    void imagesWithoutPointsGiveNoRows() {
        try (TensorScope scope = new TensorScope()) {
            assertArrayEquals(new long[] {1, 2}, PointDescriptors.sample(maps(), List.of(new float[0],
                    new float[] {1, 1}), 4, 3, false).shape());
            assertThrows(IllegalArgumentException.class,
                    () -> PointDescriptors.sample(maps(), List.of(new float[2]), 4, 3, true));
        }
    }
}
