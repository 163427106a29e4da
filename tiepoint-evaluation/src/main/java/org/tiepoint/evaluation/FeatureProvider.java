package org.tiepoint.evaluation;

import java.io.IOException;
import org.tiepoint.feature.Features;
import org.tiepoint.image.Image;

/** Where the features of a set's images come from: computed, or read from a file. Called by one thread at a time. */
public interface FeatureProvider extends AutoCloseable {
    /**
     * The features of an image.
     *
     * @throws IOException naming the file and what is wrong with it
     */
    SizedFeatures features(SetImage image) throws IOException;

    /**
     * The features of an image in memory.
     *
     * @param name what errors call it
     * @throws IOException where the features are those of certain files
     */
    default Features features(String name, Image image) throws IOException {
        throw new IOException(name + ": these features are not made from pixels: name a method that extracts");
    }

    /** Gets ready, such as by loading a network; called before the first features are asked for, never twice. */
    default void open() throws IOException {}

    /** Frees what {@link #open()} took; called in any case. */
    @Override
    default void close() throws IOException {}
}
