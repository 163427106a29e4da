package org.tiepoint.cli;

import java.io.IOException;
import org.tiepoint.feature.Features;
import org.tiepoint.image.Image;

/** Where 'tiepoint extract' puts features. What was written survives a kill, finished or not. */
interface FeatureSink extends AutoCloseable {
    /** Whether an image's features are there already, whole. */
    boolean contains(String image) throws IOException;

    /**
     * Keeps an image's features.
     *
     * @param name path below the image folder, with '/'
     * @throws IOException naming the file and the cause
     */
    void write(String name, Image image, Features features) throws IOException;

    /** Called once, when everything is written. */
    default void finish() throws IOException {}

    @Override
    default void close() throws IOException {}
}
