package org.tiepoint.dataset.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.image.Image;

class SyntheticSceneTest {
    private static final SceneOptions OPTIONS = SceneOptions.defaults().withSize(320, 240);
    private static final SyntheticScene SCENE = SyntheticScene.create(OPTIONS);
    private static final SyntheticScene EVEN_LIGHT = SCENE.withLightChange(0);

    @Test
    void equalOptionsGiveEqualViewsWhateverTheNumberOfThreads() throws Exception {
        RenderedView here = SCENE.render(3);
        ForkJoinPool one = new ForkJoinPool(1);
        RenderedView there = one.submit(() -> SyntheticScene.create(OPTIONS).render(3)).get();
        one.shutdown();
        assertArrayEquals(here.image().rgb(), there.image().rgb());
        assertArrayEquals(here.depth().z(), there.depth().z());
        assertArrayEquals(here.pose().rotation(), there.pose().rotation());
        assertFalse(Arrays.equals(here.image().rgb(),
                SyntheticScene.create(OPTIONS.withSeed(2)).render(3).image().rgb()));
    }

    @Test
    void consecutiveViewsAreTurnedByFiveToFifteenDegrees() {
        for (int i = 1; i < SCENE.views(); i++) {
            double degrees = SCENE.pose(i - 1).to(SCENE.pose(i)).rotationDegrees();
            assertTrue(degrees > 5 && degrees < 15, "views " + (i - 1) + " and " + i + ": " + degrees);
        }
    }

    @Test
    void correspondencesLieOnTheirEpipolarLines() {
        int found = 0;
        for (int other : new int[] {1, 3}) {
            double[] f = Epipolar.fundamental(SCENE.camera(0), SCENE.pose(0), SCENE.camera(other), SCENE.pose(other));
            for (double[] point : points(400)) {
                Optional<double[]> match = SCENE.correspondence(0, other, point[0], point[1]);
                if (match.isPresent()) {
                    found++;
                    double[] m = match.get();
                    assertTrue(Epipolar.distance(f, point[0], point[1], m[0], m[1]) < 1e-6);
                }
            }
        }
        assertTrue(found > 250, found + " of 800 points have a correspondence");
    }

    @Test
    void correspondencesLeadBack() {
        for (double[] point : points(300)) {
            SCENE.correspondence(2, 4, point[0], point[1]).ifPresent(match -> {
                double[] back = SCENE.correspondence(4, 2, match[0], match[1]).orElse(new double[] {-9, -9});
                assertEquals(point[0], back[0], 1e-4);
                assertEquals(point[1], back[1], 1e-4);
            });
        }
    }

    @Test
    void depthMapsGiveTheSameCorrespondencesAsTheScene() {
        RenderedView first = SCENE.render(0);
        RenderedView second = SCENE.render(1);
        DepthCorrespondence depths = new DepthCorrespondence(first.camera(), first.pose(), first.depth(),
                second.camera(), second.pose(), second.depth());
        int both = 0;
        int close = 0;
        int contradicted = 0;
        for (double[] point : points(1000)) {
            double x = Math.rint(point[0]);
            double y = Math.rint(point[1]);
            if (depths.at(x, y).isPresent() && SCENE.correspondence(0, 1, x, y).isPresent()) {
                assertTrue(apart(SCENE.correspondence(0, 1, x, y).get(), depths.at(x, y).get()) < 1e-3,
                        "at the centre of pixel " + x + ", " + y);
            }
            Optional<double[]> exact = SCENE.correspondence(0, 1, point[0], point[1]);
            Optional<double[]> read = depths.at(point[0], point[1]);
            if (exact.isPresent() && read.isPresent()) {
                both++;
                close += apart(exact.get(), read.get()) < 0.01 ? 1 : 0;
            } else if (read.isPresent()) {
                contradicted++;
            }
        }
        assertTrue(both > 300, both + " of 1000 points");
        assertTrue(close > 0.9 * both, close + " of " + both + " within 0.01 px");
        assertTrue(contradicted < 20, contradicted + " found only in the depth maps");
    }

    @Test
    void everyViewHasHundredsOfSiftKeyPointsThatComeAgainInTheNext() {
        SiftDetector sift = new SiftDetector();
        Keypoints before = sift.detect(SCENE.render(0).image(), 2000);
        for (int view = 1; view < SCENE.views(); view++) {
            Keypoints here = sift.detect(SCENE.render(view).image(), 2000);
            assertTrue(here.count() >= 300, "view " + view + " has " + here.count());
            int seen = 0;
            int again = 0;
            for (int i = 0; i < before.count(); i++) {
                Optional<double[]> match = SCENE.correspondence(view - 1, view, before.x(i), before.y(i));
                if (match.isPresent()) {
                    seen++;
                    again += nearest(here, match.get()) < 2 ? 1 : 0;
                }
            }
            assertTrue(again > 0.35 * seen, "view " + view + ": " + again + " of " + seen + " come again");
            before = here;
        }
    }

    @Test
    void pixelsAndTheirCorrespondencesHaveTheSameColourInEvenLight() {
        Image first = EVEN_LIGHT.render(5).image();
        Image second = EVEN_LIGHT.render(6).image();
        double corresponding = 0;
        double unrelated = 0;
        int found = 0;
        for (double[] point : points(1500)) {
            int x = (int) point[0];
            int y = (int) point[1];
            Optional<double[]> match = EVEN_LIGHT.correspondence(5, 6, x, y);
            if (match.isPresent()) {
                found++;
                corresponding += difference(first, x, y, second, match.get()[0], match.get()[1]);
                unrelated += difference(first, x, y, second, x, y);
            }
        }
        assertTrue(found > 400, found + " correspondences");
        assertTrue(corresponding / found < 12, "mean difference " + corresponding / found);
        assertTrue(unrelated > 2.5 * corresponding, unrelated / found + " against " + corresponding / found);
    }

    @Test
    void pixelZeroIsTheCentreOfTheFirstPixelAtEverySize() {
        Image small = SyntheticScene.create(OPTIONS.withSize(64, 48)).render(0).image();
        Image large = SyntheticScene.create(OPTIONS.withSize(192, 144)).render(0).image();
        double aligned = shrunkDifference(small, large, 0, 0);
        for (int[] shift : new int[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
            double shifted = shrunkDifference(small, large, shift[0], shift[1]);
            assertTrue(aligned < 0.8 * shifted, aligned + " in place, " + shifted + " a third of a pixel off");
        }
    }

    @Test
    void lightChangeVariesBrightnessFromViewToView() {
        SyntheticScene even = SyntheticScene.create(OPTIONS.withSize(64, 48).withLightChange(0));
        double half = factorRange(even, even.withLightChange(0.5));
        double full = factorRange(even, even.withLightChange(1));
        assertTrue(half > 1.3, "brightest over darkest view, half change: " + half);
        assertTrue(full > 1.7, "brightest over darkest view, full change: " + full);
    }

    @Test
    void skyIsInfinitelyFarAndHasNoCorrespondence() {
        float[] depth = SCENE.render(0).depth().z();
        int sky = 0;
        for (int i = 0; i < depth.length; i++) {
            if (depth[i] == Float.POSITIVE_INFINITY) {
                sky++;
                assertTrue(SCENE.correspondence(0, 1, i % 320, i / 320).isEmpty());
            } else {
                assertTrue(depth[i] > 1 && depth[i] < 150, "depth " + depth[i]);
            }
        }
        assertTrue(sky > 0 && sky < depth.length / 2, sky + " pixels of sky");
    }

    @Test
    void refusesAViewThatIsNotThere() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> SCENE.render(12));
        assertEquals("view 12: the scene has 12, numbered from 0", e.getMessage());
    }

    /** Mean difference of the small image and the large one averaged over 3x3 pixels, moved by dx, dy large pixels. */
    private static double shrunkDifference(Image small, Image large, int dx, int dy) {
        double sum = 0;
        for (int y = 1; y < small.height() - 1; y++) {
            for (int x = 1; x < small.width() - 1; x++) {
                double mean = 0;
                for (int k = 0; k < 9; k++) {
                    mean += level(large, 3 * x + dx + k % 3, 3 * y + dy + k / 3, 1) / 9.0;
                }
                sum += Math.abs(mean - level(small, x, y, 1));
            }
        }
        return sum / (small.width() * small.height());
    }

    private static double nearest(Keypoints keypoints, double[] point) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < keypoints.count(); i++) {
            nearest = Math.min(nearest, Math.hypot(keypoints.x(i) - point[0], keypoints.y(i) - point[1]));
        }
        return nearest;
    }

    private static double[][] points(int count) {
        SplittableRandom random = new SplittableRandom(7);
        double[][] points = new double[count][];
        for (int i = 0; i < count; i++) {
            points[i] = new double[] {319 * random.nextDouble(), 239 * random.nextDouble()};
        }
        return points;
    }

    private static double apart(double[] a, double[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    private static double difference(Image a, int x, int y, Image b, double u, double v) {
        int left = Math.max(0, Math.min(b.width() - 2, (int) Math.floor(u)));
        int top = Math.max(0, Math.min(b.height() - 2, (int) Math.floor(v)));
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            double above = level(b, left, top, c) * (1 - u + left) + level(b, left + 1, top, c) * (u - left);
            double below = level(b, left, top + 1, c) * (1 - u + left) + level(b, left + 1, top + 1, c) * (u - left);
            sum += Math.abs(level(a, x, y, c) - above * (1 - v + top) - below * (v - top)) / 3;
        }
        return sum;
    }

    private static int level(Image image, int x, int y, int channel) {
        return image.rgb()[3 * (y * image.width() + x) + channel] & 255;
    }

    /** By how much a change of light scales the views' brightness: the largest factor over the smallest. */
    private static double factorRange(SyntheticScene even, SyntheticScene changing) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int view = 0; view < even.views(); view++) {
            double factor = brightness(changing.render(view)) / brightness(even.render(view));
            least = Math.min(least, factor);
            most = Math.max(most, factor);
        }
        return most / least;
    }

    private static double brightness(RenderedView view) {
        double sum = 0;
        for (byte value : view.image().rgb()) {
            sum += value & 255;
        }
        return sum / view.image().rgb().length;
    }
}
