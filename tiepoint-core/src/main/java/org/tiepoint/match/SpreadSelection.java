package org.tiepoint.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;

/** Takes some of many matches so that they cover the first image: from each grid cell in turn, best score first. */
final class SpreadSelection {
    private static final int CELLS = 12;

    private SpreadSelection() {}

    static List<Integer> select(Keypoints points, Matches matches, boolean[] inliers, Image image, int most) {
        TreeMap<Integer, List<Integer>> cells = new TreeMap<>();
        for (int i = 0; i < matches.count(); i++) {
            if (inliers[i]) {
                int column = cell(points.x(matches.first(i)), image.width());
                int row = cell(points.y(matches.first(i)), image.height());
                cells.computeIfAbsent(row * CELLS + column, key -> new ArrayList<>()).add(i);
            }
        }
        cells.values().forEach(cell -> cell.sort(Comparator.comparingDouble(i -> -matches.scores()[i])));
        List<Integer> selected = new ArrayList<>();
        boolean left = true;
        for (int round = 0; left; round++) {
            left = false;
            for (List<Integer> cell : cells.values()) {
                if (round < cell.size() && selected.size() < most) {
                    selected.add(cell.get(round));
                    left = true;
                }
            }
        }
        return selected;
    }

    private static int cell(float position, int length) {
        return Math.max(0, Math.min(CELLS - 1, (int) (position / length * CELLS)));
    }
}
