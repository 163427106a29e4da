package org.tiepoint.feature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.tiepoint.image.Image;
import org.tiepoint.onnx.EmbeddedModel;
import org.tiepoint.onnx.OnnxExtractor;

/**
 * Finds the key points of an image and describes them: a method as a whole. Says in its class documentation whether
 * threads may share it.
 */
public interface Extractor extends AutoCloseable {
    /** Key points an image of {@link #load}. */
    int USUAL_KEYPOINTS = 2048;

    /**
     * A trained network that is part of this library, with at most {@value #USUAL_KEYPOINTS} key points an image; safe
     * for use by several threads. Models in files: {@link OnnxExtractor#load}.
     *
     * @param name "compact-s" or "compact-m", and the same with "-int8"
     * @throws IllegalArgumentException when there is no such network
     */
    static Extractor load(String name) {
        EmbeddedModel model = EmbeddedModel.of(name).orElseThrow(() -> new IllegalArgumentException("'" + name
                + "' is no embedded model: there are " + String.join(", ", EmbeddedModel.words())));
        try {
            return model.open(OnnxExtractor.Options.of(USUAL_KEYPOINTS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
