package org.tiepoint.feature;

import org.tiepoint.image.Image;

/** Finds key points. Implementations are safe for use by several threads. */
public interface Detector extends AutoCloseable {
    /**
     * The best key points of an image, best first.
     *
     * @param image        any size
     * @param maxKeypoints at most so many, at least 0
     * @return zero key points where the image shows none
     */
    Keypoints detect(Image image, int maxKeypoints);

    /** Frees native memory; does nothing where there is none. */
    @Override
    default void close() {}
}
