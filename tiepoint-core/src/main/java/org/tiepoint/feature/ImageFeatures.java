package org.tiepoint.feature;

import java.io.IOException;
import org.tiepoint.image.Image;

/**
 * The features of the images of a collection: made from the pixels, or read from a file that has them by the image's
 * name. Says in its class documentation whether threads may share it.
 */
public interface ImageFeatures extends AutoCloseable {
    /**
     * The features of one image, best first.
     *
     * @param name  the image's path below the folder of images, with '/' between folders
     * @param image its pixels
     * @throws IOException where a file cannot be read or holds nothing of that name
     */
    Features of(String name, Image image) throws IOException;

    /** Frees native memory and closes files; does nothing where there are none. */
    @Override
    default void close() throws IOException {}

    /** Features made from the pixels; the extractor is closed with this. */
    static ImageFeatures by(Extractor extractor) {
        return new ImageFeatures() {
            @Override
            public Features of(String name, Image image) {
                return extractor.extract(image);
            }

            @Override
            public void close() {
                extractor.close();
            }
        };
    }
}
