package org.tiepoint.stylise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GuidedFilterTest {
    private static Plane noise(int width, int height, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Plane.empty(width, height).map(v -> random.nextDouble());
    }

    @Test
    void boxMeansAreMeansOfWhatLiesInside() {
        for (int[] size : new int[][] {{7, 5}, {1, 4}, {2, 1}, {9, 9}}) {
            Plane plane = noise(size[0], size[1], 3);
            for (int radius : new int[] {0, 1, 3, 12}) {
                Plane means = plane.boxMean(radius);
                for (int y = 0; y < size[1]; y++) {
                    for (int x = 0; x < size[0]; x++) {
                        double sum = 0;
                        int count = 0;
                        for (int v = Math.max(0, y - radius); v <= Math.min(size[1] - 1, y + radius); v++) {
                            for (int u = Math.max(0, x - radius); u <= Math.min(size[0] - 1, x + radius); u++) {
                                sum += plane.at(u, v);
                                count++;
                            }
                        }
                        assertEquals(sum / count, means.at(x, y), 1e-5);
                    }
                }
            }
        }
    }

    /** A linear function of the guide passes; what does not follow the guide is smoothed away. */
    @Test
    void whatFollowsTheGuideStays() {
        Plane guide = Plane.empty(40, 30);
        for (int i = 0; i < guide.values().length; i++) {
            guide.values()[i] = i % 40 < 20 ? 0.2f : 0.8f;
        }
        GuidedFilter filter = new GuidedFilter(guide, 4, 1e-4);
        Plane linear = filter.apply(guide.map(v -> 3 * v - 1));
        Plane noisy = filter.apply(guide.with(noise(40, 30, 1), (g, n) -> g + 0.4 * (n - 0.5)));
        double spread = 0;
        for (int y = 5; y < 25; y++) {
            for (int x = 0; x < 40; x++) {
                assertEquals(x < 20 ? -0.4 : 1.4, linear.at(x, y), 0.01);
                spread = Math.max(spread, Math.abs(noisy.at(x, y) - guide.at(x, y)));
            }
        }
        assertEquals(0, spread, 0.09);
    }

    @Test
    void resizingKeepsPixelBordersAligned() {
        Plane ramp = Plane.empty(8, 4);
        for (int i = 0; i < ramp.values().length; i++) {
            ramp.values()[i] = i % 8 + 0.5f;
        }
        Plane large = ramp.resized(32, 9);
        assertEquals(32, large.width());
        assertEquals(9, large.height());
        for (int x = 2; x < 30; x++) {
            assertEquals((x + 0.5) / 4, large.at(x, 5), 1e-5);
        }
    }
}
