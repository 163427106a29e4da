package org.tiepoint.dataset.pairs;

import java.util.ArrayList;
import java.util.List;

/** Every image with every other: n (n - 1) / 2 pairs. */
public final class ExhaustivePairs implements PairGenerator {
    /** More images than this are refused: their pairs would not fit into memory, nor be matched in any time. */
    public static final int MOST_IMAGES = 5000;

    @Override
    public List<NamePair> pairs(List<String> imageNames) {
        int n = imageNames.size();
        if (n > MOST_IMAGES) {
            throw new IllegalArgumentException(n + " images have " + (long) n * (n - 1) / 2 + " pairs: exhaustive"
                    + " pairs are made of up to " + MOST_IMAGES + " images; use retrieval or sequential pairs");
        }
        DistinctPairs.places(imageNames);
        List<NamePair> pairs = new ArrayList<>(Math.max(0, n * (n - 1) / 2));
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                pairs.add(new NamePair(imageNames.get(i), imageNames.get(j)));
            }
        }
        return pairs;
    }
}
