package org.tiepoint.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageException;
import org.tiepoint.image.ImageReader;

/**
 * Images with one set of key points each, described by several descriptors. Those used last are kept. Not thread-safe.
 */
final class DescribedImages {
    private final FeatureSource source;
    private final List<DescriptionCost> costs;
    private final Map<Path, DescribedImage> kept;

    /**
     * An image's features.
     *
     * @param features one by describer, of the same key points
     */
    record DescribedImage(int width, int height, List<Features> features) {}

    /** @param capacity at most so many images are kept */
    DescribedImages(FeatureSource source, int capacity) {
        this.source = source;
        this.costs = new ArrayList<>(Collections.nCopies(source.describers().size(), DescriptionCost.NONE));
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Path, DescribedImage> eldest) {
                return size() > capacity;
            }
        };
    }

    DescribedImage get(Path file) throws ImageException {
        DescribedImage there = kept.get(file);
        if (there == null) {
            there = describe(file);
            kept.put(file, there);
        }
        return there;
    }

    /** What a describer has cost so far; an image that is described again counts again. */
    DescriptionCost cost(int describer) {
        return costs.get(describer);
    }

    private DescribedImage describe(Path file) throws ImageException {
        Image image = ImageReader.readStored(file);
        Keypoints keypoints = source.detector().detect(image, source.maxKeypoints());
        List<Features> features = new ArrayList<>();
        for (int i = 0; i < costs.size(); i++) {
            long start = System.nanoTime();
            features.add(source.describers().get(i).describer().describe(image, keypoints));
            costs.set(i, costs.get(i).plus(new DescriptionCost(1, keypoints.count(), seconds(start))));
        }
        return new DescribedImage(image.width(), image.height(), features);
    }

    /** Seconds since a {@link System#nanoTime()}. */
    static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
