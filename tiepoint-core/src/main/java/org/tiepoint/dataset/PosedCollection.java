package org.tiepoint.dataset;

import java.util.List;
import java.util.Optional;

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
}
