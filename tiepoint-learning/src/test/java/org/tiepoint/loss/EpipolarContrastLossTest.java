package org.tiepoint.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/** Two views side by side: the epipolar line of a point is its own row. */
class EpipolarContrastLossTest {
    private static final double[] LEVEL = {0, 0, 0, 0, 0, -1, 0, 1, 0};
    private static final int N = 12;

    /** Points in rows ten pixels apart, two a row. */
    private static float[] points(double shift, double down) {
        float[] xy = new float[2 * N];
        for (int i = 0; i < N; i++) {
            xy[2 * i] = (float) (20 + 30 * (i % 2) + shift);
            xy[2 * i + 1] = (float) (10 + 10 * (i / 2) + down);
        }
        return xy;
    }

    private static Tensor random(long seed) {
        float[] values = new float[8 * N];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensor.of(values, N, 8);
    }

    private static LossTerms loss(Tensor descriptors, Tensor others, double down) {
        return EpipolarContrastLoss.of(descriptors.normalised(1), others.normalised(1), points(0, 0), points(7, down),
                LEVEL, 2, 30);
    }

    private static double value(LossTerms terms, String name) {
        return terms.terms().get(name).item();
    }

    @Test
    void rightMatchesAreProbableAndCostLittle() {
        try (TensorScope scope = new TensorScope()) {
            LossTerms right = loss(random(1), random(1), 1);
            assertEquals(N, value(right, "epipolar_partners"), 0.1);
            assertTrue(right.total().item() < 0.01, right.total().item() + "");
            LossTerms off = loss(random(1), random(1), 4);
            assertEquals(0, value(off, "epipolar_partners"), 1e-6);
            assertEquals(0, off.total().item(), 1e-6);
        }
    }

    /** Of two candidates in its row and twelve in all, each with the same chance. */
    @Test
    void descriptorsThatAreAllAlikeCostTheMost() {
        try (TensorScope scope = new TensorScope()) {
            LossTerms alike = loss(Tensor.full(1, N, 8), Tensor.full(1, N, 8), 0);
            assertEquals(N / 2.0, value(alike, "epipolar_partners"), 1e-3);
            assertEquals(Math.log(N), alike.total().item(), 1e-3);
        }
    }

    /** Steps along the gradient bring each point's best match onto its line. */
    @Test
    void descriptorsLearnTheirLines() {
        try (TensorScope scope = new TensorScope()) {
            Tensor descriptors = random(1).requireGradient(true);
            Tensor others = random(2);
            double before = loss(descriptors, others, 0).total().item();
            for (int step = 0; step < 100; step++) {
                descriptors.clearGradient();
                loss(descriptors, others, 0).total().backward();
                descriptors = descriptors.detach().sub(descriptors.gradient().orElseThrow().mul(0.3))
                        .requireGradient(true);
            }
            double[] best = descriptors.detach().matmul(others.normalised(1).transpose(0, 1)).argmax(1).toDoubles();
            int onLine = 0;
            for (int i = 0; i < N; i++) {
                onLine += (int) best[i] / 2 == i / 2 ? 1 : 0;
            }
            double after = loss(descriptors, others, 0).total().item();
            assertTrue(after < before / 2 && onLine >= N - 2, before + " to " + after + ", " + onLine + " on line");
        }
    }

    @Test
    void withoutPointsThereIsNothingToLearn() {
        try (TensorScope scope = new TensorScope()) {
            assertEquals(0, EpipolarContrastLoss.of(random(1), Tensor.zeros(0, 8), points(0, 0), new float[0], LEVEL, 2,
                    30).total().item());
        }
    }
}
