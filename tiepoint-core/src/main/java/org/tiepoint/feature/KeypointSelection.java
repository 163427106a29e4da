package org.tiepoint.feature;

import java.util.OptionalDouble;

/**
 * Chooses key points from a map of scores: local maxima, refined to the score-weighted mean of their 3x3 neighbourhood,
 * the best first, as PoSFeat and SCFeat do.
 *
 * <p>Departs from the released code in that no place that is not a local maximum fills up a list of fewer than 128
 * points, and in that the threshold's absolute value is an option. Of equal neighbours the first in reading order is
 * the maximum, as there.
 */
public final class KeypointSelection {

    /**
     * How to choose.
     *
     * @param radius       a local maximum is the greatest of (2 radius + 1)^2 scores; 1 to 64, 1 in SCFeat
     * @param minimumScore scores must be above it; 1 in SCFeat where it is used at all
     */
    public record Options(int radius, OptionalDouble minimumScore) {
        public Options {
            if (radius < 1 || radius > 64) {
                throw new IllegalArgumentException("radius is " + radius + ": it must be 1 to 64 pixels");
            }
        }

        /** SCFeat's: radius 1, no threshold. */
        public static Options defaults() {
            return new Options(1, OptionalDouble.empty());
        }
    }

    /**
     * A part of a map.
     *
     * @param left   the first column
     * @param top    the first row
     * @param right  the column after the last
     * @param bottom the row after the last
     */
    public record Area(int left, int top, int right, int bottom) {
        /** A map as a whole. */
        public static Area of(int width, int height) {
            return new Area(0, 0, width, height);
        }

        /** Whether a pixel lies in it. */
        public boolean contains(int x, int y) {
            return x >= left && x < right && y >= top && y < bottom;
        }
    }

    private KeypointSelection() {}

    /**
     * The best key points of a map, best first. The border pixels are none. A point's score is the greatest of its 3x3
     * neighbourhood, which beside the border may be that of a border pixel.
     *
     * @param map          of values of 0 or more
     * @param maxKeypoints at most so many, at least 0
     * @return in pixels of the map, sizes 1, without orientation
     */
    public static Keypoints select(ScoreMap map, int maxKeypoints, Options options) {
        return select(map, Area.of(map.width(), map.height()), maxKeypoints, options);
    }

    /**
     * The best of the key points of a map whose local maximum lies in a part of it; otherwise as
     * {@link #select(ScoreMap, int, Options)}.
     *
     * @param area inside the map
     */
    public static Keypoints select(ScoreMap map, Area area, int maxKeypoints, Options options) {
        float[] scores = map.values();
        int width = map.width();
        int[] places = maxima(map, area, maxKeypoints, options);
        float[] xy = new float[2 * places.length];
        float[] best = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            refine(scores, width, places[i], i, xy, best);
        }
        Keypoints positions = Keypoints.ofPositions(xy);
        return new Keypoints(xy, best, positions.sizes(), positions.angles());
    }

    /** The best local maxima of a map as they are, in whole pixels, best first; otherwise as {@link #select}. */
    public static Keypoints maxima(ScoreMap map, int maxKeypoints, int radius) {
        int[] places = maxima(map, Area.of(map.width(), map.height()), maxKeypoints,
                new Options(radius, OptionalDouble.empty()));
        float[] xy = new float[2 * places.length];
        float[] scores = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            xy[2 * i] = places[i] % map.width();
            xy[2 * i + 1] = places[i] / map.width();
            scores[i] = map.values()[places[i]];
        }
        Keypoints positions = Keypoints.ofPositions(xy);
        return new Keypoints(xy, scores, positions.sizes(), positions.angles());
    }

    /** Places of the best local maxima, best first, of equals the first in reading order. */
    private static int[] maxima(ScoreMap map, Area area, int most, Options options) {
        BestPlaces best = new BestPlaces(most);
        float[] scores = map.values();
        int width = map.width();
        int height = map.height();
        double least = Math.max(0, options.minimumScore().orElse(0));
        float[] columns = new float[width];
        float[] greatest = new float[width];
        for (int y = Math.max(1, area.top()); y < Math.min(height - 1, area.bottom()); y++) {
            greatestAround(scores, width, y, height, columns, greatest);
            float floor = best.floor();
            for (int x = Math.max(1, area.left()); x < Math.min(width - 1, area.right()); x++) {
                float score = scores[y * width + x];
                if (score >= floor && score >= greatest[x] && score > least && isMaximum(scores, width, height, x, y, options.radius())) {
                    best.add(y * width + x, score);
                }
            }
        }
        return best.sorted();
    }

    /**
     * The greatest scores of the 3x3 squares around a row's pixels without the border's: few pixels reach them, and
     * only these need a closer look. In loops that the compiler makes vector instructions of.
     *
     * @param columns where the greatest of three rows go, the first and the last 0
     */
    private static void greatestAround(float[] scores, int width, int y, int height, float[] columns,
            float[] greatest) {
        int above = Math.max(1, y - 1) * width;
        int here = y * width;
        int below = Math.min(height - 2, y + 1) * width;
        for (int x = 1; x < width - 1; x++) {
            columns[x] = Math.max(scores[here + x], Math.max(scores[above + x], scores[below + x]));
        }
        for (int x = 1; x < width - 1; x++) {
            greatest[x] = Math.max(columns[x], Math.max(columns[x - 1], columns[x + 1]));
        }
    }

    private static boolean isMaximum(float[] scores, int width, int height, int x, int y, int radius) {
        int place = y * width + x;
        float score = scores[place];
        for (int v = Math.max(1, y - radius); v <= Math.min(height - 2, y + radius); v++) {
            for (int u = Math.max(1, x - radius); u <= Math.min(width - 2, x + radius); u++) {
                int other = v * width + u;
                if (scores[other] > score || scores[other] == score && other < place) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void refine(float[] scores, int width, int place, int index, float[] xy, float[] best) {
        double sum = 0;
        double dx = 0;
        double dy = 0;
        float greatest = scores[place];
        for (int v = -1; v <= 1; v++) {
            for (int u = -1; u <= 1; u++) {
                float score = scores[place + v * width + u];
                sum += score;
                dx += u * (double) score;
                dy += v * (double) score;
                greatest = Math.max(greatest, score);
            }
        }
        xy[2 * index] = (float) (place % width + dx / sum);
        xy[2 * index + 1] = (float) (place / width + dy / sum);
        best[index] = greatest;
    }
}
