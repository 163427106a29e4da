package org.tiepoint.feature;

import org.tiepoint.image.Image;

/** Describes given key points of an image. Says in its class documentation whether threads may share it. */
public interface Describer extends AutoCloseable {
    /** One descriptor a key point, in the same order; zero key points are a normal input. */
    Features describe(Image image, Keypoints keypoints);

    /** Numbers a descriptor. */
    int dimension();

    /** Frees native memory; does nothing where there is none. */
    @Override
    default void close() {}
}
