package org.tiepoint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tiepoint.feature.Features;

class MutualNearestNeighborMatcherTest extends MatcherContractTest {
    @Override
    protected Matcher matcher() {
        return new MutualNearestNeighborMatcher();
    }

    @Test
    void matchesAsAPlainLoopDoes() {
        Features first = random(300, 6, 11);
        Features second = random(170, 6, 12);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int j = nearest(first, i, second);
            if (nearest(second, j, first) == i) {
                expected.add(i);
                expected.add(j);
            }
        }
        assertArrayEquals(expected.stream().mapToInt(Integer::intValue).toArray(),
                matcher().match(first, second).indices());
    }

    @Test
    void scoresByNegativeDistance() {
        Matches matches = matcher().match(features(2, 0, 0, 10, 0), features(2, 10, 1, 3, 4));
        assertArrayEquals(new int[] {0, 1, 1, 0}, matches.indices());
        assertArrayEquals(new float[] {-5, -1}, matches.scores(), 1e-6f);
    }

    @Test
    void prefersTheLowerIndexOfEquals() {
        Features first = features(2, 1, 0, 1, 0, 0, 1);
        Features second = features(2, 0, 1, 0, 1, 1, 0, 1, 0);
        assertArrayEquals(new int[] {0, 2, 2, 0}, matcher().match(first, second).indices());
    }

    @Test
    void prefersTheLowerIndexOfEqualsInEveryBlock() {
        int n = 5000;
        float[] same = new float[n * 3];
        for (int i = 0; i < same.length; i++) {
            same[i] = new float[] {0.1f, 0.7f, 0.3f}[i % 3];
        }
        assertArrayEquals(new int[] {0, 0}, matcher().match(features(3, same), features(3, same)).indices());
    }

    @Test
    void tellsLongDescriptorsApart() {
        Features first = features(2, 1000, 0, 1010, 0);
        assertArrayEquals(new int[] {0, 1, 1, 0}, matcher().match(first, features(2, 1010, 1, 1000, 1)).indices());
    }

    /** Distances that differ by less than single precision resolves around descriptors of this length. */
    @Test
    void tellsNearTiesApartExactly() {
        int n = 3000;
        float[] second = new float[2 * n];
        for (int j = 0; j < n; j++) {
            second[2 * j] = 1000;
            second[2 * j + 1] = 0.001f * ((j * 1009 + 7) % n);
        }
        int nearest = IntStream.range(0, n).filter(j -> second[2 * j + 1] == 0).findFirst().orElseThrow();
        Matches matches = matcher().match(features(2, 1000, 0), features(2, second));
        assertArrayEquals(new int[] {0, nearest}, matches.indices());
        assertArrayEquals(new int[] {nearest, 0}, matcher().match(features(2, second), features(2, 1000, 0)).indices());
    }

    @Test
    void matchesBitsAsTheHammingDistanceDoes() {
        Random random = new Random(4);
        float[] a = new float[700 * 64];
        float[] b = new float[900 * 64];
        for (int i = 0; i < a.length; i++) {
            a[i] = random.nextInt(2);
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = random.nextInt(2);
        }
        Features first = features(64, a);
        Features second = features(64, b);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            int j = nearest(first, i, second);
            if (nearest(second, j, first) == i) {
                expected.add(i);
                expected.add(j);
            }
        }
        assertArrayEquals(expected.stream().mapToInt(Integer::intValue).toArray(),
                matcher().match(first, second).indices());
    }

    @Test
    void anInfiniteDescriptorSpoilsNoOther() {
        Features first = features(2, 1, 0, Float.POSITIVE_INFINITY, 0, 0, 1);
        assertArrayEquals(new int[] {0, 1, 2, 0}, matcher().match(first, features(2, 0, 1, 1, 0)).indices());
    }

    private static int nearest(Features from, int i, Features among) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < among.keypoints().count(); j++) {
            double squares = 0;
            for (int k = 0; k < from.dimension(); k++) {
                double difference = from.descriptors()[i * from.dimension() + k]
                        - among.descriptors()[j * from.dimension() + k];
                squares += difference * difference;
            }
            if (squares < least - 1e-5) {
                least = squares;
                best = j;
            }
        }
        return best;
    }

    @Nested
    class ByDotProduct extends MatcherContractTest {
        @Override
        protected Matcher matcher() {
            return new MutualNearestNeighborMatcher(new MutualNearestNeighborMatcher.Options(Metric.DOT));
        }

        @Test
        void prefersTheLargerProduct() {
            Matches matches = matcher().match(features(2, 1, 0), features(2, 1, 0, 5, 5));
            assertArrayEquals(new int[] {0, 1}, matches.indices());
            assertEquals(5, matches.scores()[0]);
        }
    }
}
