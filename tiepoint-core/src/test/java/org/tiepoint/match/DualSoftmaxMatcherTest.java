package org.tiepoint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tiepoint.feature.Features;

class DualSoftmaxMatcherTest extends MatcherContractTest {
    @Override
    protected Matcher matcher() {
        return matcher(0.05, 0.1);
    }

    private static Matcher matcher(double temperature, double minProbability) {
        return new DualSoftmaxMatcher(new DualSoftmaxMatcher.Options(temperature, minProbability));
    }

    @Test
    void givesTheProbabilitiesOfAPlainLoop() {
        int n = 700;
        int m = 1100;
        int dimension = 8;
        double temperature = 0.1;
        Features first = random(n, dimension, 1);
        Features second = random(m, dimension, 2);
        double[][] weights = new double[n][m];
        double[] rows = new double[n];
        double[] columns = new double[m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double cosine = 0;
                for (int k = 0; k < dimension; k++) {
                    cosine += (double) first.descriptors()[i * dimension + k] * second.descriptors()[j * dimension + k];
                }
                weights[i][j] = Math.exp(cosine / temperature);
                rows[i] += weights[i][j];
                columns[j] += weights[i][j];
            }
        }
        double[][] expected = new double[n][m];
        double[] rowBest = new double[n];
        double[] columnBest = new double[m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                expected[i][j] = weights[i][j] / rows[i] * weights[i][j] / columns[j];
                rowBest[i] = Math.max(rowBest[i], expected[i][j]);
                columnBest[j] = Math.max(columnBest[j], expected[i][j]);
            }
        }
        Matches matches = matcher(temperature, 0.001).match(first, second);
        int place = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double p = expected[i][j];
                if (p >= 0.001 && p == rowBest[i] && p == columnBest[j]) {
                    assertEquals(i, matches.first(place));
                    assertEquals(j, matches.second(place));
                    assertEquals(p, matches.scores()[place], 1e-4 * p);
                    place++;
                }
            }
        }
        assertEquals(place, matches.count());
        assertTrue(place > 100, place + " matches");
    }

    @Test
    void lengthsDoNotMatter() {
        Matches matches = matcher(0.1, 0.5).match(features(2, 100, 0, 0, 0.01f), features(2, 0, 7, 0.3f, 0));
        assertArrayEquals(new int[] {0, 1, 1, 0}, matches.indices());
    }

    @Test
    void anAmbiguousPairIsUnlikely() {
        Features first = features(2, 1, 0);
        assertEquals(0.5, matcher(0.05, 0).match(first, features(2, 1, 0, 1, 0)).scores()[0], 1e-6);
        assertEquals(0, matcher(0.05, 0.6).match(first, features(2, 1, 0, 1, 0)).count());
    }

    @Test
    void theLowestTemperatureDoesNotOverflow() {
        Matches matches = matcher(0.005, 0.9).match(features(2, 1, 0, -1, 0), features(2, -1, 0, 1, 0));
        assertArrayEquals(new int[] {0, 1, 1, 0}, matches.indices());
        assertArrayEquals(new float[] {1, 1}, matches.scores());
        assertEquals(1, matcher(0.005, 0.9).match(features(2, 1, 0), features(2, -1, 0)).scores()[0]);
    }

    @Test
    void refusesImpossibleOptions() {
        assertThrows(IllegalArgumentException.class, () -> matcher(0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> matcher(Double.NaN, 0.1));
        assertThrows(IllegalArgumentException.class, () -> matcher(0.1, 1.1));
    }
}
