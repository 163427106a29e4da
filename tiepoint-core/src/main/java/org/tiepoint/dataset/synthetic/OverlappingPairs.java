package org.tiepoint.dataset.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tiepoint.dataset.ImagePair;

/** Finds the pairs of views worth matching: turned by at most 60 degrees, with a fifth of each image in the other. */
final class OverlappingPairs {
    static final double MOST_DEGREES = 60;
    static final double LEAST_OVERLAP = 0.2;
    private static final int COLUMNS = 20;
    private static final int ROWS = 15;

    private OverlappingPairs() {}

    /** All such pairs, in the order of their first and then second view. */
    static List<ImagePair> of(SyntheticScene scene) {
        List<ImagePair> candidates = new ArrayList<>();
        for (int i = 0; i < scene.views(); i++) {
            for (int j = i + 1; j < scene.views(); j++) {
                if (scene.pose(i).to(scene.pose(j)).rotationDegrees() <= MOST_DEGREES) {
                    candidates.add(new ImagePair(i, j));
                }
            }
        }
        boolean[] kept = new boolean[candidates.size()];
        IntStream.range(0, kept.length).parallel().forEach(i -> {
            ImagePair pair = candidates.get(i);
            kept[i] = overlap(scene, pair.first(), pair.second()) >= LEAST_OVERLAP
                    && overlap(scene, pair.second(), pair.first()) >= LEAST_OVERLAP;
        });
        return IntStream.range(0, kept.length).filter(i -> kept[i]).mapToObj(candidates::get).toList();
    }

    /** The share of a view's pixels, on a regular grid, whose surface the other view sees too. */
    static double overlap(SyntheticScene scene, int from, int to) {
        int seen = 0;
        for (int i = 0; i < COLUMNS * ROWS; i++) {
            double x = (i % COLUMNS + 0.5) / COLUMNS * scene.options().width() - 0.5;
            double y = (i / COLUMNS + 0.5) / ROWS * scene.options().height() - 0.5;
            seen += scene.correspondence(from, to, x, y).isPresent() ? 1 : 0;
        }
        return (double) seen / (COLUMNS * ROWS);
    }
}
