package org.tiepoint.localisation;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tiepoint.feature.Features;

/** Where the features of a map's images are kept, by the images' places. Safe for use by several threads. */
public interface FeatureStore {
    /** The features of an image; empty where they were not kept yet, or not whole. */
    Optional<Features> find(int image) throws IOException;

    /** Keeps the features of an image. */
    void put(int image, Features features) throws IOException;

    /** Features that must be there. */
    default Features get(int image) throws IOException {
        return find(image).orElseThrow(() -> new IOException("the features of image " + image + " of the map are"
                + " not there any more: build the map again"));
    }

    /** Keeps them in memory. */
    static FeatureStore inMemory() {
        Map<Integer, Features> all = new ConcurrentHashMap<>();
        return new FeatureStore() {
            @Override
            public Optional<Features> find(int image) {
                return Optional.ofNullable(all.get(image));
            }

            @Override
            public void put(int image, Features features) {
                all.put(image, features);
            }
        };
    }
}
