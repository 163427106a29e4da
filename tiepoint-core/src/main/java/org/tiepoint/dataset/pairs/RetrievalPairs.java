package org.tiepoint.dataset.pairs;

import java.util.List;
import java.util.Map;
import org.tiepoint.retrieval.CosineIndex;

/** Each image with the ones most like it by a global descriptor. */
public final class RetrievalPairs implements PairGenerator {
    private final CosineIndex index;
    private final Options options;

    /**
     * How many.
     *
     * @param top      images a look-up gives at most, at least 1
     * @param minScore least cosine, -1 to 1; what it means depends on the descriptor
     */
    public record Options(int top, double minScore) {
        public Options {
            if (top < 1) {
                throw new IllegalArgumentException("top is " + top + ": it must be at least 1");
            }
            requireScore(minScore);
        }

        /** 20 of any score. */
        public static Options defaults() {
            return new Options(20, -1);
        }
    }

    /**
     * @param index holds the images that are paired; images that it holds beyond those asked for take no place from
     *              them
     */
    public RetrievalPairs(CosineIndex index, Options options) {
        this.index = index;
        this.options = options;
    }

    static void requireScore(double minScore) {
        if (!(minScore >= -1 && minScore <= 1)) {
            throw new IllegalArgumentException("minScore is " + minScore + ": a cosine is -1 to 1");
        }
    }

    @Override
    public List<NamePair> pairs(List<String> imageNames) {
        Map<String, Integer> places = DistinctPairs.places(imageNames);
        DistinctPairs pairs = new DistinctPairs(imageNames);
        CosineIndex among = index.restrictedTo(imageNames);
        for (CosineIndex.Ranking ranking : among.rankings(options.top() + 1)) {
            int i = places.get(ranking.name());
            ranking.hits().stream().filter(hit -> !hit.name().equals(ranking.name()))
                    .filter(hit -> hit.score() >= options.minScore()).limit(options.top())
                    .forEach(hit -> pairs.add(i, places.get(hit.name())));
        }
        return pairs.toList();
    }
}
