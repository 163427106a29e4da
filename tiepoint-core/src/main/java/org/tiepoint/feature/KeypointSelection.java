package org.tiepoint.feature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        float[] scores = map.values();
        int width = map.width();
        List<Integer> places = maxima(map, options);
        int count = Math.min(maxKeypoints, places.size());
        float[] xy = new float[2 * count];
        float[] best = new float[count];
        for (int i = 0; i < count; i++) {
            refine(scores, width, places.get(i), i, xy, best);
        }
        Keypoints positions = Keypoints.ofPositions(xy);
        return new Keypoints(xy, best, positions.sizes(), positions.angles());
    }

    /** The best local maxima of a map as they are, in whole pixels, best first; otherwise as {@link #select}. */
    public static Keypoints maxima(ScoreMap map, int maxKeypoints, int radius) {
        List<Integer> places = maxima(map, new Options(radius, OptionalDouble.empty()));
        int count = Math.min(maxKeypoints, places.size());
        float[] xy = new float[2 * count];
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            xy[2 * i] = places.get(i) % map.width();
            xy[2 * i + 1] = places.get(i) / map.width();
            scores[i] = map.values()[places.get(i)];
        }
        Keypoints positions = Keypoints.ofPositions(xy);
        return new Keypoints(xy, scores, positions.sizes(), positions.angles());
    }

    /** Places of the local maxima, best first. */
    private static List<Integer> maxima(ScoreMap map, Options options) {
        float[] scores = map.values();
        int width = map.width();
        int height = map.height();
        List<Integer> places = new ArrayList<>();
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int place = y * width + x;
                boolean counts = scores[place] > 0
                        && (options.minimumScore().isEmpty() || scores[place] > options.minimumScore().getAsDouble());
                if (counts && isMaximum(scores, width, height, x, y, options.radius())) {
                    places.add(place);
                }
            }
        }
        places.sort(Comparator.comparingDouble((Integer place) -> -scores[place]));
        return places;
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
