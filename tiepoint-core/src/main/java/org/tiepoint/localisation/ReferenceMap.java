package org.tiepoint.localisation;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.feature.Features;
import org.tiepoint.retrieval.CosineIndex;
import org.tiepoint.retrieval.Vlad;

/**
 * What a query is localised in: posed images, their features, the points that those show, and an index that finds images
 * by how their features look together ({@link Vlad}, its centres learned from the map's own features). Made by
 * {@link MapBuilder}, kept by {@link MapFolder}. Immutable; safe for use by several threads.
 */
public final class ReferenceMap {
    private final List<MapImage> images;
    private final MapPoints points;
    private final FeatureStore features;
    private final Vlad vlad;
    private final float[][] globals;
    private final CosineIndex index;

    /** @param globals of each image, by the vlad */
    ReferenceMap(List<MapImage> images, MapPoints points, FeatureStore features, Vlad vlad, float[][] globals) {
        if (points.pointOf().length != images.size() || globals.length != images.size()) {
            throw new IllegalArgumentException(images.size() + " images need as many lists of points and global"
                    + " descriptors, got " + points.pointOf().length + " and " + globals.length);
        }
        this.images = List.copyOf(images);
        this.points = points;
        this.features = features;
        this.vlad = vlad;
        this.globals = globals;
        Map<String, float[]> byName = new LinkedHashMap<>();
        for (int i = 0; i < globals.length; i++) {
            byName.put(images.get(i).name(), globals[i]);
        }
        this.index = new CosineIndex(byName);
    }

    public List<MapImage> images() {
        return images;
    }

    public MapPoints points() {
        return points;
    }

    /** The features of an image, by its place. */
    public Features features(int image) throws IOException {
        return features.get(image);
    }

    /** Numbers a descriptor of the map's features. */
    public int dimension() {
        return vlad.localDimension();
    }

    /** The images most like one with such features, best first. */
    public List<CosineIndex.Hit> similar(Features query, int top) {
        return index.search(vlad.aggregate(query), top);
    }

    Vlad vlad() {
        return vlad;
    }

    float[][] globals() {
        return globals;
    }
}
