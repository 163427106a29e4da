package org.tiepoint.localisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriangulationTest {
    private static final Triangulation TRIANGULATION = new Triangulation(Triangulation.Options.defaults());

    private static List<PointView> views(double[] point, int count, double noisePixels, double[] shift) {
        Random random = new Random(7);
        List<PointView> views = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] xy = TestViews.project(TestViews.pose(i, shift), point);
            views.add(new PointView(TestViews.CAMERA, TestViews.pose(i, shift),
                    xy[0] + noisePixels * random.nextGaussian(), xy[1] + noisePixels * random.nextGaussian()));
        }
        return views;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e5})
    void exactViewsGiveTheExactPoint(double far) {
        double[] shift = {far, -far, far / 2};
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            double[] point = {shift[0] + random.nextGaussian(), shift[1] + random.nextGaussian(),
                shift[2] + random.nextGaussian()};
            List<PointView> views = views(point, 2 + i % 7, 0, shift);
            assertArrayEquals(point, Triangulation.linear(views).orElseThrow(), 1e-6);
            Triangulation.Point found = TRIANGULATION.triangulate(views).orElseThrow();
            assertArrayEquals(point, found.xyz(), 1e-6);
            assertEquals(views.size(), found.views().length);
        }
    }

    @Test
    void refinementFindsTheLeastSquaredError() {
        double[] point = {0.3, -0.2, 0.5};
        List<PointView> views = views(point, 8, 1, new double[3]);
        double[] found = TRIANGULATION.triangulate(views).orElseThrow().xyz();
        double least = cost(views, found);
        assertTrue(least <= cost(views, Triangulation.linear(views).orElseThrow()));
        for (int k = 0; k < 6; k++) {
            double[] moved = found.clone();
            moved[k / 2] += k % 2 == 0 ? 1e-4 : -1e-4;
            assertTrue(cost(views, moved) > least, "axis " + k / 2);
        }
        assertArrayEquals(point, found, 0.02);
    }

    private static double cost(List<PointView> views, double[] point) {
        return views.stream().mapToDouble(view -> view.error(point) * view.error(point)).sum();
    }

    @Test
    void wrongViewsAreLeftOut() {
        double[] point = {0.3, -0.2, 0.5};
        List<PointView> views = new ArrayList<>(views(point, 9, 0, new double[3]));
        for (int wrong : new int[] {0, 4, 5}) {
            PointView view = views.get(wrong);
            views.set(wrong, new PointView(view.camera(), view.pose(), view.x() + 30 + 11 * wrong, view.y() - 20));
        }
        Triangulation.Point found = TRIANGULATION.triangulate(views).orElseThrow();
        assertArrayEquals(new int[] {1, 2, 3, 6, 7, 8}, found.views());
        assertArrayEquals(point, found.xyz(), 1e-6);
    }

    @Test
    void nearlyParallelRaysAndOneCameraGiveNoPoint() {
        List<PointView> far = views(new double[] {0, 0, 400}, 2, 0, new double[3]);
        assertEquals(Optional.empty(), TRIANGULATION.triangulate(far));
        PointView once = far.get(0);
        assertEquals(Optional.empty(), TRIANGULATION.triangulate(List.of(once, once)));
        assertEquals(Optional.empty(), TRIANGULATION.triangulate(List.of(once)));
        assertEquals(Optional.empty(), TRIANGULATION.triangulate(List.of()));
    }

    @Test
    void viewsThatDoNotMeetGiveNoPoint() {
        List<PointView> views = new ArrayList<>(views(new double[3], 2, 0, new double[3]));
        views.set(1, new PointView(TestViews.CAMERA, views.get(1).pose(), views.get(1).x(), views.get(1).y() + 40));
        assertEquals(Optional.empty(), TRIANGULATION.triangulate(views));
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Triangulation.Options(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Triangulation.Options(4, 90));
    }
}
