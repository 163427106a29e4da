package org.tiepoint.geometry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SimilarityTest {
    private static final Similarity TRUE = new Similarity(2.5, new double[] {0, -1, 0, 0.6, 0, 0.8, -0.8, 0, 0.6},
            new double[] {3, -1, 7});

    private static double[] random(int n) {
        return new Random(5).doubles(3L * n, -4, 4).toArray();
    }

    private static double[] moved(double[] points) {
        double[] to = new double[points.length];
        for (int i = 0; i < points.length; i += 3) {
            System.arraycopy(TRUE.apply(new double[] {points[i], points[i + 1], points[i + 2]}), 0, to, i, 3);
        }
        return to;
    }

    @Test
    void findsTheSimilarityOfPoints() {
        for (int n : new int[] {3, 40}) {
            double[] from = random(n);
            Similarity found = Similarity.fit(from, moved(from));
            assertEquals(TRUE.scale(), found.scale(), 1e-9);
            assertArrayEquals(TRUE.rotation(), found.rotation(), 1e-9);
            assertArrayEquals(TRUE.translation(), found.translation(), 1e-8);
        }
    }

    @Test
    void neverMirrors() {
        double[] from = random(10);
        double[] mirrored = from.clone();
        for (int i = 0; i < mirrored.length; i += 3) {
            mirrored[i] = -mirrored[i];
        }
        double[] r = Similarity.fit(from, mirrored).rotation();
        assertEquals(1, r[0] * (r[4] * r[8] - r[5] * r[7]) - r[1] * (r[3] * r[8] - r[5] * r[6])
                + r[2] * (r[3] * r[7] - r[4] * r[6]), 1e-9);
    }

    @Test
    void movesCamerasWithTheirWorld() {
        Pose pose = new Pose(new double[] {1, 0, 0, 0, 0, -1, 0, 1, 0}, new double[] {0.5, 2, -3});
        double[] point = {0.3, -1.2, 4};
        double[] seen = pose.transform(point);
        double[] seenMoved = TRUE.apply(pose).transform(TRUE.apply(point));
        for (int i = 0; i < 3; i++) {
            assertEquals(TRUE.scale() * seen[i], seenMoved[i], 1e-9);
        }
        assertArrayEquals(TRUE.apply(pose.centre()), TRUE.apply(pose).centre(), 1e-9);
    }

    @Test
    void pointsOnALineAreRefused() {
        double[] line = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3};
        assertThrows(IllegalArgumentException.class, () -> Similarity.fit(line, line));
        assertThrows(IllegalArgumentException.class, () -> Similarity.fit(new double[6], new double[6]));
    }
}
