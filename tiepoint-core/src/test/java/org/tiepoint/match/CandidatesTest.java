package org.tiepoint.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    /** Values that are wrong by up to the error, with many near ties. */
    @Test
    void findsTheBestOfWrongValues() {
        Random random = new Random(1);
        float error = 0.01f;
        for (int round = 0; round < 500; round++) {
            int total = 1 + random.nextInt(200);
            double spread = random.nextBoolean() ? 1 : 0.05;
            double[] exact = random.doubles(total).map(value -> Math.floor(value * spread * 500) / 500).toArray();
            for (int wanted = 1; wanted <= 2; wanted++) {
                float[] margins = {2 * error};
                Candidates left = new Candidates(wanted, margins);
                Candidates right = new Candidates(wanted, margins);
                for (int i = total - 1; i >= 0; i--) {
                    float value = (float) (exact[i] + error * 0.99 * (2 * random.nextDouble() - 1));
                    Candidates half = i % 2 == 0 ? left : right;
                    if (value > half.threshold(0)) {
                        half.add(0, value, i);
                    }
                }
                left.addAll(right);
                assertArrayEquals(expected(exact, wanted), left.best(0, total, i -> exact[i]));
            }
        }
    }

    private static int[] expected(double[] exact, int wanted) {
        int[] best = new int[wanted];
        Arrays.fill(best, -1);
        boolean[] taken = new boolean[exact.length];
        for (int rank = 0; rank < Math.min(wanted, exact.length); rank++) {
            for (int i = 0; i < exact.length; i++) {
                if (!taken[i] && (best[rank] < 0 || exact[i] > exact[best[rank]])) {
                    best[rank] = i;
                }
            }
            taken[best[rank]] = true;
        }
        return best;
    }
}
