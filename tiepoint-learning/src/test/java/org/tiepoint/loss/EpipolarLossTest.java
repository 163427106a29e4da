package org.tiepoint.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.tiepoint.matching.CoarseToFineMatching;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.matching.Locations;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class EpipolarLossTest {
    private static final int WIDTH = 80;
    private static final int HEIGHT = 48;
    /** A camera that moves along x: the epipolar line of (x, y) is the row y. */
    private static final double[] ROWS = {0, 0, 0, 0, 0, -1, 0, 1, 0};
    private static final EpipolarLoss.Options CAPS = EpipolarLoss.Options.defaults();

    /** Pixels and spreads of the four locations, all n x 2 and n. */
    private record Found(double[] coarse, double[] coarseSpread, double[] fine, double[] fineSpread,
            double[] coarseLoop, double[] coarseLoopSpread, double[] fineLoop, double[] fineLoopSpread) {
        /** All locations are where the queries are, with spread 1. */
        static Found at(double[] queries) {
            double[] ones = new double[queries.length / 2];
            Arrays.fill(ones, 1);
            return new Found(queries.clone(), ones.clone(), queries.clone(), ones.clone(), queries.clone(),
                    ones.clone(), queries.clone(), ones.clone());
        }

        CoarseToFineMatching.Result tensors() {
            return new CoarseToFineMatching.Result(locations(coarse, coarseSpread), locations(fine, fineSpread),
                    locations(coarseLoop, coarseLoopSpread), locations(fineLoop, fineLoopSpread));
        }

        private static Locations locations(double[] pixels, double[] spread) {
            int n = spread.length;
            return new Locations(DifferentiableMatching.normalise(Tensor.of(pixels, 1, n, 2), WIDTH, HEIGHT)
                    .detach().requireGradient(true), Tensor.of(spread, 1, n).requireGradient(true));
        }
    }

    private static LossTerms loss(double[] queries, double[] fundamental, CoarseToFineMatching.Result found,
            EpipolarLoss.Options options) {
        return EpipolarLoss.of(Tensor.of(queries, 1, queries.length / 2, 2), Tensor.of(fundamental, 1, 3, 3), found,
                WIDTH, HEIGHT, options);
    }

    private static void assertTerm(double expected, LossTerms loss, String name) {
        assertEquals(expected, loss.terms().get(name).item(), 1e-7, name);
    }

    @Test
    void distancesToTheLinesAreMeasuredInLongerSides() {
        try (TensorScope scope = new TensorScope()) {
            double[] queries = {10, 10, 20, 20, 30, 30, 40, 5};
            Found found = Found.at(queries);
            found.coarse()[1] += 1;
            found.coarse()[3] -= 2;
            found.coarse()[5] += 3;
            found.coarse()[7] += 30; // more than half the shorter side off its line: does not count
            found.fine()[1] += 0.5;
            found.fine()[7] += 1; // its window was around the wrong place: does not count either
            LossTerms loss = loss(queries, ROWS, found.tensors(), CAPS);
            assertTerm((1 + 2 + 3) / 3.0 / WIDTH, loss, "epipolar_coarse");
            assertTerm(0.5 / 3 / WIDTH, loss, "epipolar_fine");
            assertTerm(0, loss, "cycle_coarse");
            assertTerm(2, loss, "std");
            assertEquals((1 + 2 + 3) / 3.0 / WIDTH + 0.5 / 3 / WIDTH, loss.total().item(), 1e-7);
        }
    }

    @Test
    void surerLocationsWeighMore() {
        try (TensorScope scope = new TensorScope()) {
            double[] queries = {10, 10, 20, 20};
            Found found = Found.at(queries);
            found.coarse()[1] += 1;
            found.coarse()[3] += 4;
            found.coarseSpread()[1] = 3;
            // weights 1 and 1/3 over their mean 2/3
            assertTerm((1.5 * 1 + 0.5 * 4) / 2 / WIDTH, loss(queries, ROWS, found.tensors(), CAPS), "epipolar_coarse");
        }
    }

    @Test
    void loopsCountWhereTheLocationIsOnItsLineAndTheLoopEndsNear() {
        try (TensorScope scope = new TensorScope()) {
            double[] queries = {10, 10, 20, 20, 30, 30, 40, 40};
            Found found = Found.at(queries);
            found.coarse()[3] += 2; // more than 2.5 % of the shorter side
            for (int i = 0; i < 3; i++) {
                found.coarseLoop()[2 * i] += 3;
                found.coarseLoop()[2 * i + 1] += 4;
            }
            found.coarseLoop()[6] += 41; // too far to count, but in the mean
            found.fineLoop()[0] -= 7;
            LossTerms loss = loss(queries, ROWS, found.tensors(), CAPS);
            assertTerm((5 + 5 + 0) / 3.0 / WIDTH, loss, "cycle_coarse");
            assertTerm(7 / 4.0 / WIDTH, loss, "cycle_fine");
            assertEquals(loss.terms().get("epipolar_coarse").item() + 0.1 * (10 / 3.0 + 7 / 4.0) / WIDTH,
                    loss.total().item(), 1e-7);
        }
    }

    /** Nothing is near its line: no term, no division by zero, gradients of 0. */
    @Test
    void allMaskedIsZero() {
        try (TensorScope scope = new TensorScope()) {
            double[] queries = {10, 2, 20, 3};
            Found found = Found.at(queries);
            for (double[] location : new double[][] {found.coarse(), found.fine()}) {
                location[1] += 40;
                location[3] += 40;
            }
            CoarseToFineMatching.Result result = found.tensors();
            LossTerms loss = loss(queries, ROWS, result, CAPS);
            assertEquals(0, loss.total().item());
            loss.total().backward();
            assertArrayEquals(new double[4], result.coarse().position().gradient().orElseThrow().toDoubles(), 1e-15);
        }
    }

    /** A query at the epipole has no line: its distance is 0 over a bounded length, not NaN. */
    @Test
    void aQueryWithoutALineIsHarmless() {
        try (TensorScope scope = new TensorScope()) {
            double[] queries = {10, 10, 20, 20};
            CoarseToFineMatching.Result result = Found.at(queries).tensors();
            LossTerms loss = loss(queries, new double[9], result, CAPS);
            assertEquals(0, loss.total().item(), 1e-15);
            loss.total().backward();
            assertTrue(result.coarse().position().gradient().orElseThrow().isFinite());
        }
    }

    @Test
    void theSpreadsGradientComesFromItsTermAlone() {
        try (TensorScope scope = new TensorScope()) {
            double[] queries = {10, 10, 20, 20};
            Found found = Found.at(queries);
            found.coarse()[1] += 3;
            CoarseToFineMatching.Result result = found.tensors();
            loss(queries, ROWS, result, new EpipolarLoss.Options(1, 1, 0.1, 0.1, 0.5)).total().backward();
            assertArrayEquals(new double[] {0.25, 0.25},
                    result.coarse().spread().gradient().orElseThrow().toDoubles(), 1e-12);
            assertTrue(result.coarseLoop().spread().gradient().isEmpty());
        }
    }

    /** With respect to all four locations, in double precision, for a general camera motion. */
    @Test
    void gradientsAgreeWithCentralDifferences() {
        try (TensorScope scope = new TensorScope()) {
            SplittableRandom random = new SplittableRandom(4);
            double[] fundamental = {1e-5, 2e-5, -0.01, -1e-5, 3e-5, -1, 0.003, 1, 0.1};
            double[] queries = new double[12];
            for (int i = 0; i < queries.length; i++) {
                queries[i] = random.nextDouble() * (i % 2 == 0 ? WIDTH : HEIGHT);
            }
            Found found = Found.at(queries);
            for (double[] values : new double[][] {found.coarse(), found.fine(), found.coarseLoop(),
                found.fineLoop()}) {
                for (int i = 0; i < values.length; i++) {
                    values[i] += 4 * random.nextDouble() - 2;
                }
            }
            for (double[] values : new double[][] {found.coarseSpread(), found.fineSpread(),
                found.coarseLoopSpread()}) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = 0.2 + random.nextDouble();
                }
            }
            EpipolarLoss.Options options = new EpipolarLoss.Options(1, 0.7, 0.5, 0.3, 0);
            CoarseToFineMatching.Result result = found.tensors();
            loss(queries, fundamental, result, options).total().backward();
            ToDoubleFunction<Found> total = f -> loss(queries, fundamental, f.tensors(), options).total().item();
            assertGradient(found.coarse(), result.coarse(), found, total);
            assertGradient(found.fine(), result.fine(), found, total);
            assertGradient(found.coarseLoop(), result.coarseLoop(), found, total);
            assertGradient(found.fineLoop(), result.fineLoop(), found, total);
        }
    }

    private static void assertGradient(double[] pixels, Locations locations, Found found,
            ToDoubleFunction<Found> total) {
        double[] gradient = locations.position().gradient().orElseThrow().toDoubles();
        double step = 1e-5;
        double largest = 0;
        for (int i = 0; i < pixels.length; i++) {
            double kept = pixels[i];
            pixels[i] = kept + step;
            double above = total.applyAsDouble(found);
            pixels[i] = kept - step;
            double below = total.applyAsDouble(found);
            pixels[i] = kept;
            double half = ((i % 2 == 0 ? WIDTH : HEIGHT) - 1) / 2.0;
            assertEquals((above - below) / (2 * step) * half, gradient[i], 1e-7);
            largest = Math.max(largest, Math.abs(gradient[i]));
        }
        assertTrue(largest > 1e-3, "largest " + largest);
    }

    @Test
    void optionsAreChecked() {
        assertEquals(new EpipolarLoss.Options(1, 1, 0.1, 0.1, 0), CAPS);
        assertThrows(IllegalArgumentException.class, () -> new EpipolarLoss.Options(1, 1, -0.1, 0.1, 0));
        assertThrows(IllegalArgumentException.class, () -> new EpipolarLoss.Options(1, 1, 0.1, 0.1, Double.NaN));
    }
}
