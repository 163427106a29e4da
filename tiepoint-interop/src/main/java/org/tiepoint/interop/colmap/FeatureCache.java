package org.tiepoint.interop.colmap;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.feature.Features;

/** Keeps the features used last in memory, up to a number of bytes; at least two images. Not thread-safe. */
final class FeatureCache implements FeatureStore {
    private static final int LEAST_IMAGES = 2;

    private final FeatureStore store;
    private final long mostBytes;
    private final Map<String, Features> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    FeatureCache(FeatureStore store, long mostBytes) {
        this.store = store;
        this.mostBytes = mostBytes;
    }

    @Override
    public Features read(String name) throws IOException {
        Features there = kept.get(name);
        if (there != null) {
            return there;
        }
        Features features = store.read(name);
        kept.put(name, features);
        bytes += size(features);
        Iterator<Features> oldest = kept.values().iterator();
        while (bytes > mostBytes && kept.size() > LEAST_IMAGES) {
            bytes -= size(oldest.next());
            oldest.remove();
        }
        return features;
    }

    private static long size(Features features) {
        return 4L * features.descriptors().length + 20L * features.keypoints().count();
    }
}
