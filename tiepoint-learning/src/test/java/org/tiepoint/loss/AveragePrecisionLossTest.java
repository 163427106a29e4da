package org.tiepoint.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

class AveragePrecisionLossTest {
    private static final int DIMENSION = 6;
    /** The second image has one point too few, the fifth none. */
    private static final int[] POINTS = {5, 1, 3, 8, 0};
    private static final int TOTAL = 17;

    private static double[] descriptors(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count * DIMENSION];
        for (int i = 0; i < count; i++) {
            double length = 0;
            for (int j = i * DIMENSION; j < (i + 1) * DIMENSION; j++) {
                values[j] = random.nextDouble() - 0.2;
                length += values[j] * values[j];
            }
            for (int j = i * DIMENSION; j < (i + 1) * DIMENSION; j++) {
                values[j] /= Math.sqrt(length);
            }
        }
        return values;
    }

    /** Positives that resemble their anchors. */
    private static double[] positives(double[] anchors) {
        double[] values = descriptors(anchors.length / DIMENSION, 8);
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.4 * values[i] + 0.6 * anchors[i];
        }
        return values;
    }

    private static AveragePrecisionLoss.Options options(NegativeSource source, int negatives) {
        return new AveragePrecisionLoss.Options(source, negatives, QuantisedAveragePrecision.defaults(), 1);
    }

    private static Tensor loss(Tensor anchors, Tensor positives, Tensor further, AveragePrecisionLoss.Options options,
            int... points) {
        return AveragePrecisionLoss.of(anchors, positives, points, Optional.of(further), options).total();
    }

    private static Tensor rows(double[] values) {
        return Tensor.of(values, values.length / DIMENSION, DIMENSION);
    }

    @ParameterizedTest
    @EnumSource
    void gradientsAgreeWithFiniteDifferences(NegativeSource source) {
        double[] anchors = descriptors(TOTAL, 1);
        double[][] inputs = {anchors, positives(anchors), descriptors(4, 3)};
        AveragePrecisionLoss.Options options = options(source, 7);
        try (TensorScope scope = new TensorScope()) {
            Tensor[] leaves = Arrays.stream(inputs).map(v -> rows(v).requireGradient(true)).toArray(Tensor[]::new);
            loss(leaves[0], leaves[1], leaves[2], options, POINTS).backward();
            for (int which = 0; which < 3; which++) {
                if (leaves[which].gradient().isEmpty()) {
                    assertTrue(which == 2 && source != NegativeSource.GLOBAL, source + " input " + which);
                    continue;
                }
                double[] gradient = leaves[which].gradient().get().toDoubles();
                double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
                assertTrue(largest > 1e-3, source + " input " + which + ": " + largest);
                for (int i = 0; i < gradient.length; i++) {
                    double expected = difference(inputs, which, i, options);
                    assertEquals(expected, gradient[i], 1e-6 * largest + 1e-9, source + " input " + which + " " + i);
                }
            }
        }
    }

    private static double difference(double[][] inputs, int which, int place, AveragePrecisionLoss.Options options) {
        double step = 1e-7;
        double[] ends = new double[2];
        for (int side = 0; side < 2; side++) {
            double[][] moved = {inputs[0].clone(), inputs[1].clone(), inputs[2].clone()};
            moved[which][place] += side == 0 ? step : -step;
            try (TensorScope scope = new TensorScope()) {
                ends[side] = loss(rows(moved[0]), rows(moved[1]), rows(moved[2]), options, POINTS).item();
            }
        }
        return (ends[0] - ends[1]) / (2 * step);
    }

    /** The definition, point by point. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRIPLET")
    void everySourceTakesItsHardestNegatives(NegativeSource source) {
        double[] anchors = descriptors(TOTAL, 1);
        double[] positives = positives(anchors);
        double[] further = descriptors(4, 3);
        int[] image = new int[TOTAL];
        for (int i = 0, row = 0; i < POINTS.length; i++) {
            Arrays.fill(image, row, row += POINTS[i], i);
        }
        try (TensorScope scope = new TensorScope()) {
            for (int negatives : new int[] {1, 3, 7, 12, 40}) {
                double sum = 0;
                int count = 0;
                for (int i = 0; i < TOTAL; i++) {
                    if (POINTS[image[i]] < 2) {
                        continue;
                    }
                    List<Double> list = new ArrayList<>();
                    for (int j = 0; j < TOTAL; j++) {
                        boolean wanted = switch (source) {
                            case WITHIN_PAIR -> image[i] == image[j] && i != j;
                            case ALL -> i != j;
                            default -> image[i] != image[j];
                        };
                        if (wanted && POINTS[image[j]] > 1) {
                            list.add(dot(anchors, i, positives, j));
                        }
                    }
                    for (int j = 0; j < 4 && source == NegativeSource.GLOBAL; j++) {
                        list.add(dot(anchors, i, further, j));
                    }
                    list.sort(Comparator.reverseOrder());
                    int length = source == NegativeSource.ALL ? list.size() : negatives;
                    double[] hardest = new double[length];
                    for (int j = 0; j < length; j++) {
                        hardest[j] = list.get(Math.min(j, list.size() - 1));
                    }
                    sum += QuantisedAveragePrecision.defaults().of(
                            Tensor.of(new double[] {dot(anchors, i, positives, i)}, 1),
                            Tensor.of(hardest, 1, length)).item();
                    count++;
                }
                assertEquals(16, count);
                assertEquals(1 - sum / count, loss(rows(anchors), rows(positives), rows(further),
                        options(source, negatives), POINTS).item(), 1e-12, negatives + " negatives");
            }
        }
    }

    @Test
    void theTripletTakesTheNearestOtherPointOfTheImage() {
        double[] anchors = descriptors(TOTAL, 1);
        double[] positives = positives(anchors);
        double sum = 0;
        int[][] images = {{0, 5}, {6, 9}, {9, 17}};
        for (int[] rows : images) {
            for (int i = rows[0]; i < rows[1]; i++) {
                double nearest = 9;
                for (int j = rows[0]; j < rows[1]; j++) {
                    nearest = i == j ? nearest : Math.min(nearest, distance(anchors, i, positives, j));
                }
                sum += Math.max(0, distance(anchors, i, positives, i) - nearest + 1);
            }
        }
        try (TensorScope scope = new TensorScope()) {
            LossTerms loss = AveragePrecisionLoss.of(rows(anchors), rows(positives), POINTS, Optional.empty(),
                    options(NegativeSource.TRIPLET, 20));
            assertEquals(sum / 16, loss.total().item(), 1e-5);
            assertEquals(Set.of("triplet"), loss.terms().keySet());
        }
    }

    @Test
    void aPerfectBatchLosesNothing() {
        double[] axes = new double[DIMENSION * DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            axes[i * DIMENSION + i] = 1;
        }
        try (TensorScope scope = new TensorScope()) {
            for (NegativeSource source : NegativeSource.values()) {
                double loss = AveragePrecisionLoss.of(rows(axes), rows(axes), new int[] {3, 3}, Optional.empty(),
                        options(source, 20)).total().item();
                assertEquals(0, loss, 1e-5, source.name());
            }
        }
    }

    /** A batch that cannot teach anything must not stop a training. */
    @ParameterizedTest
    @EnumSource
    void aBatchWithoutNegativesHasNoEffect(NegativeSource source) {
        boolean alone = source == NegativeSource.IN_BATCH || source == NegativeSource.GLOBAL;
        for (int[] points : new int[][] {{1, 1, 0, 1}, {3, 0}}) {
            try (TensorScope scope = new TensorScope()) {
                Tensor anchors = rows(descriptors(3, 1)).requireGradient(true);
                Tensor loss = AveragePrecisionLoss.of(anchors, rows(descriptors(3, 2)), points, Optional.empty(),
                        options(source, 20)).total();
                loss.backward();
                double[] gradient = anchors.gradient().orElseThrow().toDoubles();
                if (points[0] == 1 || alone) {
                    assertEquals(0, loss.item());
                    assertArrayEquals(new double[gradient.length], gradient);
                } else {
                    assertNotEquals(0, loss.item());
                }
            }
        }
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        try (TensorScope scope = new TensorScope()) {
            Tensor three = rows(descriptors(3, 1));
            assertEquals("3 anchors and 3 positives for 4 points", assertThrows(IllegalArgumentException.class,
                    () -> loss(three, three, three, AveragePrecisionLoss.Options.defaults(), 2, 2)).getMessage());
            assertThrows(IllegalArgumentException.class,
                    () -> loss(three, three, three, AveragePrecisionLoss.Options.defaults(), 4, -1));
        }
        assertThrows(IllegalArgumentException.class, () -> options(NegativeSource.ALL, 0));
        assertThrows(IllegalArgumentException.class, () -> new AveragePrecisionLoss.Options(NegativeSource.TRIPLET, 1,
                QuantisedAveragePrecision.defaults(), -1));
    }

    private static double dot(double[] a, int i, double[] b, int j) {
        double sum = 0;
        for (int c = 0; c < DIMENSION; c++) {
            sum += a[i * DIMENSION + c] * b[j * DIMENSION + c];
        }
        return sum;
    }

    private static double distance(double[] a, int i, double[] b, int j) {
        double sum = 0;
        for (int c = 0; c < DIMENSION; c++) {
            double difference = a[i * DIMENSION + c] - b[j * DIMENSION + c];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
