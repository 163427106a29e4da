package org.tiepoint.dataset.preparation;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImageLoader;
import org.tiepoint.feature.Features;
import org.tiepoint.geometry.Camera;

/** The features of a collection's images, computed when first asked for; the least recently used are forgotten. */
final class ViewFeatures {
    /** About 0.5 MB each. */
    private static final int MOST = 512;

    record View(Features features, Camera camera) {}

    private final PosedCollection collection;
    private final PairVerifier verifier;
    private final Map<Integer, FutureTask<View>> views = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, FutureTask<View>> eldest) {
            return size() > MOST;
        }
    };

    ViewFeatures(PosedCollection collection, PairVerifier verifier) {
        this.collection = collection;
        this.verifier = verifier;
    }

    View get(int place) throws IOException, InterruptedException {
        FutureTask<View> task;
        synchronized (views) {
            task = views.computeIfAbsent(place, key -> new FutureTask<>(() -> compute(key)));
        }
        // does nothing when another thread runs or ran it
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private View compute(int place) throws IOException {
        LoadedView view = PosedImageLoader.load(collection.images().get(place));
        return new View(verifier.features(view), view.camera());
    }
}
