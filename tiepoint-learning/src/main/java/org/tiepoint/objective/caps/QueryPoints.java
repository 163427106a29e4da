package org.tiepoint.objective.caps;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.image.Image;
import org.tiepoint.recipe.CapsRecipe;

/**
 * Chooses the query points of a training pair as CAPS does: ten candidates for each wanted point, from SIFT and at
 * random, pruned, then drawn; with replacement only where too few are left. SIFT points come best first and may be fewer
 * than asked; random ones fill up. Where pruning leaves none, the candidates stay as they are.
 */
final class QueryPoints {
    private static final int CANDIDATES_PER_QUERY = 10;

    private static final SiftDetector DETECTOR = new SiftDetector(new SiftDetector.Options(0.02));

    private QueryPoints() {}

    /** Points of an image: count x 2, row-major, pixels. */
    static float[] draw(Image image, int count, CapsRecipe.QuerySource source, QueryPruning pruning,
            SplittableRandom random) {
        int candidates = CANDIDATES_PER_QUERY * count;
        int detected = (int) Math.round(candidates * (1 - source.randomShare()));
        List<float[]> points = new ArrayList<>(candidates);
        if (detected > 0) {
            Keypoints keypoints = DETECTOR.detect(image, detected);
            for (int i = 0; i < keypoints.count(); i++) {
                points.add(new float[] {keypoints.x(i), keypoints.y(i)});
            }
        }
        int drawn = source == CapsRecipe.QuerySource.SIFT && !points.isEmpty()
                ? 0 : Math.max(count, candidates - detected);
        for (int i = 0; i < drawn; i++) {
            points.add(new float[] {(float) (random.nextDouble() * (image.width() - 1)),
                    (float) (random.nextDouble() * (image.height() - 1))});
        }
        List<float[]> kept = points.stream().filter(p -> pruning.keeps(p[0], p[1])).toList();
        return choose(kept.isEmpty() ? points : kept, count, random);
    }

    private static float[] choose(List<float[]> points, int count, SplittableRandom random) {
        int[] order = new int[points.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        float[] chosen = new float[2 * count];
        for (int i = 0; i < count; i++) {
            int place;
            if (order.length >= count) {
                int j = i + random.nextInt(order.length - i);
                place = order[j];
                order[j] = order[i];
            } else {
                place = random.nextInt(order.length);
            }
            chosen[2 * i] = points.get(place)[0];
            chosen[2 * i + 1] = points.get(place)[1];
        }
        return chosen;
    }
}
