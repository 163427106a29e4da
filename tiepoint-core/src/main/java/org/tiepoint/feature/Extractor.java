package org.tiepoint.feature;

import java.util.List;
import org.tiepoint.image.Image;

/**
 * Finds the key points of an image and describes them: a method as a whole. Says in its class documentation whether
 * threads may share it.
 */
public interface Extractor extends AutoCloseable {
    /** The key points, best first, with a descriptor each; none where the image shows none. */
    Features extract(Image image);

    /** The same for several images, in their order; side by side where the method gains by it. */
    default List<Features> extract(List<Image> images) {
        return images.stream().map(this::extract).toList();
    }

    /** Numbers a descriptor. */
    int dimension();

    /** Frees native memory; does nothing where there is none. */
    @Override
    default void close() {}
}
