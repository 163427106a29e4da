package org.tiepoint.matching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.network.DescriptorMaps;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class CoarseToFineMatchingTest {
    /** Descriptors that differ from place to place: a picture matched with itself finds every query and loops back. */
    @Test
    void findsEveryPositionOfThePictureItself() {
        try (TensorScope scope = new TensorScope()) {
            DescriptorMaps maps = new DescriptorMaps(smooth(5, 7), smooth(41, 61));
            Tensor queries = Tensor.of(new double[] {-1 + 2.0 * 2 / 6, 0, -1 + 2.0 * 4 / 6, -0.5}, 1, 2, 2);
            for (boolean nearest : new boolean[] {true, false}) {
                CoarseToFineMatching.Result found = CoarseToFineMatching.search(queries, maps, maps,
                        new CoarseToFineMatching.Options(0.25, nearest));
                double[] expected = queries.toDoubles();
                assertArrayEquals(expected, found.coarse().position().toDoubles(), 1e-3);
                assertArrayEquals(expected, found.coarseLoop().position().toDoubles(), 1e-3);
                assertArrayEquals(expected, found.fine().position().toDoubles(), 0.03);
                assertArrayEquals(new long[] {1, 2}, found.fine().spread().shape());
                assertArrayEquals(expected, found.fineLoop().position().toDoubles(), 0.05);
            }
        }
    }

    @Test
    void optionsAreChecked() {
        assertEquals(new CoarseToFineMatching.Options(0.125, true), CoarseToFineMatching.Options.defaults());
        for (double size : new double[] {0, -1, 1.01, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new CoarseToFineMatching.Options(size, true));
        }
    }

    /**
     * Random Fourier features (Rahimi and Recht 2007): the dot product of the descriptors of two positions is about
     * 40 exp(-d^2 / (2 * 0.1^2)) for their distance d.
     */
    private static Tensor smooth(int height, int width) {
        int features = 512;
        SplittableRandom random = new SplittableRandom(1);
        double[] values = new double[features * height * width];
        for (int feature = 0; feature < features; feature++) {
            double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble())) / 0.1;
            double angle = 2 * Math.PI * random.nextDouble();
            double phase = 2 * Math.PI * random.nextDouble();
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double along = radius * (Math.cos(angle) * (-1 + 2.0 * column / (width - 1))
                            + Math.sin(angle) * (-1 + 2.0 * row / (height - 1)));
                    values[(feature * height + row) * width + column] = Math.sqrt(80.0 / features)
                            * Math.cos(along + phase);
                }
            }
        }
        return Tensor.of(values, 1, features, height, width);
    }
}
