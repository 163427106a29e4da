package org.tiepoint.detector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class EightPointSolverTest {
    /** n points and where the moved camera sees them, at random depths. */
    static double[][] correspondences(int n, SplittableRandom random) {
        double[] first = new double[2 * n];
        double[] second = new double[2 * n];
        for (int i = 0; i < n; i++) {
            double z = 2 + 6 * random.nextDouble();
            double x = (random.nextDouble() - 0.5) * z;
            double y = (random.nextDouble() - 0.5) * z;
            // turned a little about the optical axis, so that the last element is not 0
            double c = Math.cos(0.2);
            double s = Math.sin(0.2);
            double u = c * x - s * y + 1;
            double v = s * x + c * y + 0.2;
            double w = z + 0.3;
            first[2 * i] = 60 + 100 * x / z;
            first[2 * i + 1] = 50 + 100 * y / z;
            second[2 * i] = 60 + 100 * u / w;
            second[2 * i + 1] = 50 + 100 * v / w;
        }
        return new double[][] {first, second};
    }

    @Test
    void everyExactSetGivesTheSameMatrix() {
        SplittableRandom random = new SplittableRandom(1);
        int sets = 5;
        double[][] points = correspondences(8 * sets, random);
        double[][] others = correspondences(20, random);
        try (TensorScope scope = new TensorScope()) {
            Tensor solved = EightPointSolver.solve(Tensor.of(points[0], sets, 8, 2), Tensor.of(points[1], sets, 8, 2));
            double[] all = solved.toDoubles();
            for (int set = 0; set < sets; set++) {
                double[] f = new double[9];
                System.arraycopy(all, 9 * set, f, 0, 9);
                assertEquals(1, f[8], 1e-12);
                double[] reference = new double[9];
                System.arraycopy(all, 0, reference, 0, 9);
                assertArrayEquals(reference, f, 1e-6);
                assertEquals(0, determinant(f), 1e-12);
                for (int i = 0; i < 20; i++) {
                    double x = others[0][2 * i];
                    double y = others[0][2 * i + 1];
                    double a = f[0] * x + f[1] * y + f[2];
                    double b = f[3] * x + f[4] * y + f[5];
                    double c = f[6] * x + f[7] * y + f[8];
                    double distance = (a * others[1][2 * i] + b * others[1][2 * i + 1] + c) / Math.hypot(a, b);
                    assertEquals(0, distance, 1e-6);
                }
            }
        }
    }

    @Test
    void moreThanEightAreSolvedInTheLeastSquaresSense() {
        double[][] points = correspondences(40, new SplittableRandom(2));
        try (TensorScope scope = new TensorScope()) {
            Tensor eight = EightPointSolver.solve(Tensor.of(points[0], 1, 40, 2).narrow(1, 0, 8),
                    Tensor.of(points[1], 1, 40, 2).narrow(1, 0, 8));
            Tensor forty = EightPointSolver.solve(Tensor.of(points[0], 1, 40, 2), Tensor.of(points[1], 1, 40, 2));
            assertArrayEquals(eight.toDoubles(), forty.toDoubles(), 1e-6);
        }
    }

    @Test
    void fewerThanEightAreRefused() {
        try (TensorScope scope = new TensorScope()) {
            assertEquals("a set has 7 correspondences: it needs at least 8", assertThrows(
                    IllegalArgumentException.class,
                    () -> EightPointSolver.solve(Tensor.zeros(1, 7, 2), Tensor.zeros(1, 7, 2))).getMessage());
        }
    }

    private static double determinant(double[] m) {
        return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }
}
