package org.tiepoint.augment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.retrieval.CosineIndex;

/**
 * Finds photos that look alike as a whole but show other scenes: their key points are hard negatives (HNDesc's
 * coarse-to-fine mining).
 */
public final class SimilarPhotos {
    private SimilarPhotos() {}

    /**
     * The photos of other scenes most like each photo.
     *
     * @param descriptors global descriptors, one a photo
     * @param scenes      number of each photo's scene
     * @param count       of photos wanted for each, at least 1
     * @return for each photo the places of up to count others, most alike first; empty where there is one scene only
     */
    public static int[][] ofOtherScenes(float[][] descriptors, int[] scenes, int count) {
        if (descriptors.length != scenes.length) {
            throw new IllegalArgumentException(descriptors.length + " descriptors for " + scenes.length + " photos");
        }
        Map<String, float[]> named = new LinkedHashMap<>();
        Map<Integer, Integer> sizes = new LinkedHashMap<>();
        for (int i = 0; i < descriptors.length; i++) {
            named.put(Integer.toString(i), descriptors[i]);
            sizes.merge(scenes[i], 1, Integer::sum);
        }
        // as many as the largest scene may all be of the photo's own
        int top = sizes.values().stream().mapToInt(n -> n).max().orElse(0) + count;
        int[][] found = new int[descriptors.length][];
        List<CosineIndex.Ranking> rankings = new CosineIndex(named).rankings(top);
        for (int i = 0; i < found.length; i++) {
            int scene = scenes[i];
            found[i] = rankings.get(i).hits().stream().mapToInt(CosineIndex.Hit::place)
                    .filter(place -> scenes[place] != scene).limit(count).toArray();
        }
        return found;
    }
}
