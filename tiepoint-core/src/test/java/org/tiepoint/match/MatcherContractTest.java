package org.tiepoint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;

/** What every matcher promises. */
public abstract class MatcherContractTest {
    /** The matcher under test. */
    protected abstract Matcher matcher();

    /** Features of these descriptors; their positions do not matter to matching. */
    protected static Features features(int dimension, float... descriptors) {
        return new Features(Keypoints.ofPositions(new float[2 * descriptors.length / dimension]), dimension,
                descriptors);
    }

    /** n unit descriptors, far apart. */
    protected static Features random(int n, int dimension, long seed) {
        Random random = new Random(seed);
        float[] descriptors = new float[n * dimension];
        for (int i = 0; i < n; i++) {
            double squares = 0;
            for (int k = i * dimension; k < (i + 1) * dimension; k++) {
                descriptors[k] = (float) random.nextGaussian();
                squares += descriptors[k] * descriptors[k];
            }
            for (int k = i * dimension; k < (i + 1) * dimension; k++) {
                descriptors[k] /= (float) Math.sqrt(squares);
            }
        }
        return features(dimension, descriptors);
    }

    /** Row i of the result is row order[i] of the given, a little changed. */
    protected static Features reordered(Features given, int[] order) {
        Random random = new Random(3);
        int dimension = given.dimension();
        float[] descriptors = new float[order.length * dimension];
        for (int i = 0; i < order.length; i++) {
            for (int k = 0; k < dimension; k++) {
                descriptors[i * dimension + k] = given.descriptors()[order[i] * dimension + k]
                        + 0.01f * (float) random.nextGaussian();
            }
        }
        return features(dimension, descriptors);
    }

    @Test
    void takesNoKeypoints() {
        Features none = features(4);
        Features some = random(3, 4, 1);
        assertEquals(0, matcher().match(none, none).count());
        assertEquals(0, matcher().match(none, some).count());
        assertEquals(0, matcher().match(some, none).count());
    }

    @Test
    void takesOneKeypoint() {
        Features one = random(1, 4, 1);
        assertTrue(matcher().match(one, one).count() <= 1);
        Matches matches = matcher().match(one, reordered(random(5, 4, 1), new int[] {3, 0, 2}));
        for (int i = 0; i < matches.count(); i++) {
            assertEquals(0, matches.first(i));
            assertEquals(1, matches.second(i));
        }
    }

    @Test
    void refusesDescriptorsOfTwoKinds() {
        assertThrows(IllegalArgumentException.class, () -> matcher().match(random(3, 4, 1), random(3, 5, 1)));
    }

    @Test
    void findsAPermutationAcrossBlocks() {
        int n = 2600;
        Features first = random(n, 32, 2);
        int[] order = IntStream.range(0, n).map(i -> (i * 1009 + 7) % n).toArray();
        Matches matches = matcher().match(first, reordered(first, order));
        assertTrue(matches.count() > n * 0.99, matches.count() + " of " + n);
        for (int i = 0; i < matches.count(); i++) {
            assertEquals(matches.first(i), order[matches.second(i)]);
        }
    }

    @Test
    void usesAKeypointOnceInTheOrderOfTheFirstImage() {
        Matches matches = matcher().match(random(400, 4, 5), random(300, 4, 6));
        Set<Integer> seconds = new HashSet<>();
        for (int i = 0; i < matches.count(); i++) {
            assertTrue(i == 0 || matches.first(i) > matches.first(i - 1));
            assertTrue(seconds.add(matches.second(i)), "second " + matches.second(i) + " is used twice");
            assertTrue(matches.first(i) >= 0 && matches.first(i) < 400 && matches.second(i) < 300);
        }
    }

    @Test
    void givesTheSameFromManyThreads() {
        Features first = random(500, 16, 7);
        Features second = random(700, 16, 8);
        Matches once = matcher().match(first, second);
        List<Matches> again = IntStream.range(0, 8).parallel().mapToObj(i -> matcher().match(first, second)).toList();
        for (Matches other : again) {
            assertArrayEquals(once.indices(), other.indices());
            assertArrayEquals(once.scores(), other.scores());
        }
    }

    @Test
    void neverMatchesNaN() {
        float[] descriptors = random(4, 8, 9).descriptors().clone();
        descriptors[8 * 2 + 3] = Float.NaN;
        Matches matches = matcher().match(features(8, descriptors), random(4, 8, 9));
        assertTrue(IntStream.range(0, matches.count()).noneMatch(i -> matches.first(i) == 2));
        float[] all = new float[32];
        Arrays.fill(all, Float.NaN);
        assertEquals(0, matcher().match(features(8, all), random(4, 8, 9)).count());
        assertEquals(0, matcher().match(random(4, 8, 9), features(8, all)).count());
    }
}
