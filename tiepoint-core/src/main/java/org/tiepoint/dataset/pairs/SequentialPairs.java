package org.tiepoint.dataset.pairs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.retrieval.CosineIndex;

/**
 * Each image with the ones that follow it, for frames of a video or a walk in the order in which they were taken. As in
 * COLMAP's sequential matcher, quadratic overlap adds the images 1, 2, 4, 8, ... places on, and loop closure looks up
 * every so many images among all, to find places that the camera came back to. Departure from COLMAP: images within the
 * overlap do not count as loop closures, so that a lookup is not spent on neighbours.
 */
public final class SequentialPairs implements PairGenerator {
    private final Options options;
    private final Optional<CosineIndex> index;

    /**
     * What follows an image.
     *
     * @param overlap   images that follow, at least 1
     * @param quadratic whether the images 2^0 to 2^(overlap - 1) places on are taken too
     * @param loopEvery every so many images one is looked up, at least 1
     * @param loopTop   images that a lookup adds at most, at least 1
     * @param minScore  least cosine of a lookup's images, -1 to 1
     */
    public record Options(int overlap, boolean quadratic, int loopEvery, int loopTop, double minScore) {
        public Options {
            requirePositive("overlap", overlap);
            requirePositive("loopEvery", loopEvery);
            requirePositive("loopTop", loopTop);
            RetrievalPairs.requireScore(minScore);
        }

        /** Overlap 10, quadratic; lookups every 10 images, each adding 10 of any score. */
        public static Options defaults() {
            return new Options(10, true, 10, 10, -1);
        }

        private static void requirePositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " is " + value + ": it must be at least 1");
            }
        }
    }

    /** Without loop closure. */
    public SequentialPairs(Options options) {
        this.options = options;
        this.index = Optional.empty();
    }

    /** With loop closure by an index that holds every image. */
    public SequentialPairs(Options options, CosineIndex index) {
        this.options = options;
        this.index = Optional.of(index);
    }

    @Override
    public List<NamePair> pairs(List<String> imageNames) {
        int n = imageNames.size();
        DistinctPairs pairs = new DistinctPairs(imageNames);
        for (int i = 0; i < n; i++) {
            for (int k = 1; k <= options.overlap() && i + k < n; k++) {
                pairs.add(i, i + k);
            }
            for (int k = 0; options.quadratic() && k < Math.min(30, options.overlap()) && i + (1 << k) < n; k++) {
                pairs.add(i, i + (1 << k));
            }
        }
        index.ifPresent(found -> close(imageNames, found, pairs));
        return pairs.toList();
    }

    private void close(List<String> names, CosineIndex found, DistinctPairs pairs) {
        Map<String, Integer> places = DistinctPairs.places(names);
        for (int i = 0; i < names.size(); i += options.loopEvery()) {
            int added = 0;
            for (CosineIndex.Hit hit : found.search(found.descriptor(names.get(i)), found.size())) {
                Integer j = places.get(hit.name());
                if (added == options.loopTop() || hit.score() < options.minScore()) {
                    break;
                }
                if (j != null && Math.abs(j - i) > options.overlap()) {
                    pairs.add(i, j);
                    added++;
                }
            }
        }
    }
}
