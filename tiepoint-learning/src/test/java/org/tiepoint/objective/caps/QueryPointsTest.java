package org.tiepoint.objective.caps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.Image;
import org.tiepoint.recipe.CapsRecipe;

class QueryPointsTest {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 90;
    private static final double[] INTRINSIC = {100, 0, 59.5, 0, 100, 44.5, 0, 0, 1};

    /** Prunes by a camera moved along x by so many pixels at all depths: points further left than that go. */
    private static QueryPruning movedLeftBy(double pixels) {
        Pose relative = new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[] {-pixels / 10, 0, 0});
        // rows are epipolar lines
        return new QueryPruning(new double[] {0, 0, 0, 0, 0, -1, 0, 1, 0}, INTRINSIC, INTRINSIC, relative, WIDTH, HEIGHT,
                10, 10.001, false);
    }

    private static Image squares(boolean flat) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 150 && !flat; i++) {
            int left = random.nextInt(WIDTH - 12);
            int top = random.nextInt(HEIGHT - 12);
            int side = 3 + random.nextInt(9);
            byte level = (byte) random.nextInt(256);
            for (int y = top; y < top + side; y++) {
                for (int k = 3 * (y * WIDTH + left); k < 3 * (y * WIDTH + left + side); k++) {
                    rgb[k] = level;
                }
            }
        }
        return new Image(WIDTH, HEIGHT, rgb);
    }

    @ParameterizedTest
    @EnumSource(CapsRecipe.QuerySource.class)
    void asManyAsAskedForAreDrawnInsideFromWhatPruningKeeps(CapsRecipe.QuerySource source) {
        for (boolean flat : new boolean[] {false, true}) {
            float[] points = QueryPoints.draw(squares(flat), 30, source, movedLeftBy(60), new SplittableRandom(1));
            assertEquals(60, points.length);
            for (int i = 0; i < 60; i += 2) {
                assertTrue(points[i] >= 59 && points[i] <= WIDTH - 1, "x " + points[i]);
                assertTrue(points[i + 1] >= 0 && points[i + 1] <= HEIGHT - 1, "y " + points[i + 1]);
            }
            assertArrayEquals(points, QueryPoints.draw(squares(flat), 30, source, movedLeftBy(60),
                    new SplittableRandom(1)));
        }
    }

    @Test
    void siftPointsAreDetectedOnesAndDrawnOnce() {
        Image image = squares(false);
        Keypoints detected = new SiftDetector(new SiftDetector.Options(0.02)).detect(image, 300);
        List<List<Float>> known = new ArrayList<>();
        for (int i = 0; i < detected.count(); i++) {
            known.add(List.of(detected.x(i), detected.y(i)));
        }
        float[] points = QueryPoints.draw(image, 30, CapsRecipe.QuerySource.SIFT, movedLeftBy(0), new SplittableRandom(1));
        List<List<Float>> drawn = new ArrayList<>();
        for (int i = 0; i < points.length; i += 2) {
            drawn.add(List.of(points[i], points[i + 1]));
        }
        assertTrue(known.containsAll(drawn));
        long places = known.stream().distinct().count();
        assertTrue(places >= 30, "the picture has " + places + " SIFT points");
        assertTrue(new HashSet<>(drawn).size() >= 30 - (known.size() - places), "drawn without replacement");
    }

    @Test
    void whereTooFewAreLeftTheyAreRepeatedAndWhereNoneIsAllStay() {
        float[] few = QueryPoints.draw(squares(true), 30, CapsRecipe.QuerySource.RANDOM, movedLeftBy(116),
                new SplittableRandom(1));
        HashSet<Float> places = new HashSet<>();
        for (int i = 0; i < few.length; i += 2) {
            assertTrue(few[i] >= 115, "x " + few[i]);
            places.add(few[i]);
        }
        assertTrue(places.size() < 30);
        float[] all = QueryPoints.draw(squares(true), 30, CapsRecipe.QuerySource.RANDOM, movedLeftBy(500),
                new SplittableRandom(1));
        assertEquals(60, all.length);
        assertTrue(all[0] < 400);
    }
}
