package org.tiepoint.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One scene: photos with intrinsics and poses in one world frame, as any of the readers gives it. Immutable.
 *
 * @param name   the scene's name, for messages and file names
 * @param images photos in a fixed order
 * @param pairs  the pairs that the source lists; empty where it lists none
 * @param points triangulated points, where the source has them
 * @param depths how far away the scene is, where the source tells (by its units, or in a file)
 */
public record PosedCollection(String name, List<PosedImage> images, List<ImagePair> pairs,
        Optional<SparsePoints> points, Optional<DepthRange> depths) {
    public PosedCollection {
        images = List.copyOf(images);
        pairs = List.copyOf(pairs);
    }

    /** A collection whose source does not tell the depths. */
    public PosedCollection(String name, List<PosedImage> images, List<ImagePair> pairs,
            Optional<SparsePoints> points) {
        this(name, images, pairs, points, Optional.empty());
    }

    /** Without some of its images, by their places, and whatever belongs to them; the others keep their order. */
    public PosedCollection without(Set<Integer> places) {
        int[] moved = new int[images.size()];
        List<PosedImage> left = new ArrayList<>();
        for (int i = 0; i < moved.length; i++) {
            moved[i] = places.contains(i) ? -1 : left.size();
            if (moved[i] >= 0) {
                left.add(images.get(i));
            }
        }
        List<ImagePair> leftPairs = pairs.stream().filter(p -> moved[p.first()] >= 0 && moved[p.second()] >= 0)
                .map(p -> new ImagePair(moved[p.first()], moved[p.second()])).toList();
        Optional<SparsePoints> leftPoints = points.map(p -> new SparsePoints(p.xyz(), Arrays.stream(p.tracks())
                .map(track -> Arrays.stream(track).map(i -> moved[i]).filter(i -> i >= 0).toArray())
                .toArray(int[][]::new)));
        return new PosedCollection(name, left, leftPairs, leftPoints, depths);
    }
}
