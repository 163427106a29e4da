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
 */
public record PosedCollection(String name, List<PosedImage> images, List<ImagePair> pairs,
        Optional<SparsePoints> points) {
    public PosedCollection {
        images = List.copyOf(images);
        pairs = List.copyOf(pairs);
    }
}
