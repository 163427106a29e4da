package org.tiepoint.dataset.pairs;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.ViewOverlap;

/**
 * Each image with those that see most of what it sees, from known poses ({@link ViewOverlap}: shared points where the
 * collection has any, else the overlap of the viewing frusta). Images that the collection does not hold get no pair.
 */
public final class PosePairs implements PairGenerator {
    private final PosedCollection collection;
    private final Options options;

    /**
     * How many.
     *
     * @param top        images an image is paired with at most, the most overlapping first, at least 1
     * @param minOverlap least share seen in common, above 0 to 1
     */
    public record Options(int top, double minOverlap) {
        public Options {
            if (top < 1) {
                throw new IllegalArgumentException("top is " + top + ": it must be at least 1");
            }
            if (!(minOverlap > 0 && minOverlap <= 1)) {
                throw new IllegalArgumentException("minOverlap is " + minOverlap + ": it must be above 0, to 1");
            }
        }

        /** 20 that share at least 0.1. */
        public static Options defaults() {
            return new Options(20, 0.1);
        }
    }

    public PosePairs(PosedCollection collection, Options options) {
        this.collection = collection;
        this.options = options;
    }

    /** @throws DatasetException when the collection holds none of the images */
    @Override
    public List<NamePair> pairs(List<String> imageNames) throws DatasetException {
        Map<String, Integer> places = DistinctPairs.places(imageNames);
        List<PosedImage> images = collection.images();
        if (!imageNames.isEmpty() && images.stream().noneMatch(image -> places.containsKey(image.name()))) {
            throw new DatasetException(images.get(0).file(), "", "image " + images.get(0).name() + " and the other "
                    + (images.size() - 1) + " of scene " + collection.name() + " are not among the "
                    + imageNames.size() + " images (such as " + imageNames.get(0) + "): give the scene's own photos");
        }
        DistinctPairs pairs = new DistinctPairs(imageNames);
        ViewOverlap overlap = ViewOverlap.of(collection);
        for (int i = 0; i < images.size(); i++) {
            Integer place = places.get(images.get(i).name());
            if (place != null) {
                double[] shares = overlap.with(i);
                int self = i;
                IntStream.range(0, shares.length).boxed()
                        .filter(j -> j != self && shares[j] >= options.minOverlap()
                                && places.containsKey(images.get(j).name()))
                        .sorted(Comparator.comparingDouble((Integer j) -> -shares[j])).limit(options.top())
                        .forEach(j -> pairs.add(place, places.get(images.get(j).name())));
            }
        }
        return pairs.toList();
    }
}
