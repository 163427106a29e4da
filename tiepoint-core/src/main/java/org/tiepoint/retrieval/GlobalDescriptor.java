package org.tiepoint.retrieval;

import org.tiepoint.image.Image;

/**
 * Describes a whole image by one vector: images of the same place have a high cosine. Says in its class documentation
 * whether threads may share it.
 */
public interface GlobalDescriptor extends AutoCloseable {
    /** {@link #dimension()} numbers of Euclidean length 1; all 0 where the image shows nothing to describe. */
    float[] describe(Image image);

    /** Numbers a descriptor. */
    int dimension();

    /** Frees native memory; does nothing where there is none. */
    @Override
    default void close() {}
}
