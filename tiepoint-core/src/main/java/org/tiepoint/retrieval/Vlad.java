package org.tiepoint.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tiepoint.feature.Features;

/**
 * A global descriptor made of local ones, which needs no network: VLAD (Jegou et al., Aggregating local descriptors into
 * a compact image representation, CVPR 2010) with intra-normalisation (Arandjelovic and Zisserman, All about VLAD, CVPR
 * 2013). The descriptors of an image are assigned to the nearest of some centres; their differences to it are summed up,
 * every sum is scaled to length 1, and so is the whole.
 *
 * <p>The centres are made by k-means on descriptors of the collection itself, not on a large independent set as in the
 * papers: scores of two collections, or of two trainings, cannot be compared. No dimensions are reduced and no
 * descriptors are whitened. The same features and seed give the same centres. Immutable; safe for use by several
 * threads.
 */
public final class Vlad {
    private final int dimension;
    /** centres x dimension. */
    private final float[] centres;

    /**
     * How the centres are made.
     *
     * @param centres     2 to 1024
     * @param descriptors drawn at random for k-means, at least as many as centres
     * @param iterations  of k-means at most, at least 1
     * @param seed        of the draw and of the first centres
     */
    public record Options(int centres, int descriptors, int iterations, long seed) {
        public Options {
            if (centres < 2 || centres > 1024) {
                throw new IllegalArgumentException("centres is " + centres + ": it must be 2 to 1024");
            }
            if (descriptors < centres) {
                throw new IllegalArgumentException("descriptors is " + descriptors + ": it must be at least the "
                        + centres + " centres");
            }
            if (iterations < 1) {
                throw new IllegalArgumentException("iterations is " + iterations + ": it must be at least 1");
            }
        }

        /** 64 centres of 20,000 descriptors, 15 iterations, seed 0. */
        public static Options defaults() {
            return new Options(64, 20_000, 15, 0);
        }
    }

    private Vlad(int dimension, float[] centres) {
        this.dimension = dimension;
        this.centres = centres;
    }

    /**
     * Makes the centres.
     *
     * @param collection features of some of the images, of one kind
     * @throws IllegalArgumentException when there is no descriptor, or the dimensions differ; fewer descriptors than
     *                                  centres give as many centres as descriptors
     */
    public static Vlad train(List<Features> collection, Options options) {
        int dimension = collection.stream().findFirst().map(Features::dimension).orElse(0);
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < collection.size(); i++) {
            requireDimension(collection.get(i), dimension);
            for (int k = 0; k < collection.get(i).keypoints().count(); k++) {
                all.add(new int[] {i, k});
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no descriptors to learn centres from: the images show no key points");
        }
        Random random = new Random(options.seed());
        int n = Math.min(all.size(), options.descriptors());
        float[] sample = new float[n * dimension];
        for (int i = 0; i < n; i++) {
            int other = i + random.nextInt(all.size() - i);
            int[] drawn = all.set(other, all.get(i));
            System.arraycopy(collection.get(drawn[0]).descriptors(), drawn[1] * dimension, sample, i * dimension,
                    dimension);
        }
        return new Vlad(dimension, new KMeans(sample, dimension, random)
                .centres(Math.min(n, options.centres()), options.iterations()));
    }

    /** From centres that were made earlier. */
    public static Vlad of(int dimension, float[] centres) {
        if (dimension < 1 || centres.length == 0 || centres.length % dimension != 0) {
            throw new IllegalArgumentException(centres.length + " numbers are no centres of " + dimension
                    + " numbers each");
        }
        return new Vlad(dimension, centres);
    }

    /** Numbers a local descriptor. */
    public int localDimension() {
        return dimension;
    }

    /** Centres x local dimension, row-major; shared, not copied. */
    public float[] centres() {
        return centres;
    }

    /** Numbers a global descriptor: centres times the dimension of the local ones. */
    public int dimension() {
        return centres.length;
    }

    /** The global descriptor of an image: length 1, or all 0 where there are no key points. */
    public float[] aggregate(Features features) {
        requireDimension(features, dimension);
        float[] sums = new float[centres.length];
        float[] descriptors = features.descriptors();
        for (int i = 0; i < features.keypoints().count(); i++) {
            int centre = KMeans.nearest(descriptors, i * dimension, centres, dimension) * dimension;
            for (int k = 0; k < dimension; k++) {
                sums[centre + k] += descriptors[i * dimension + k] - centres[centre + k];
            }
        }
        for (int centre = 0; centre < centres.length; centre += dimension) {
            UnitLength.scale(sums, centre, dimension);
        }
        UnitLength.scale(sums, 0, sums.length);
        return sums;
    }

    private static void requireDimension(Features features, int dimension) {
        if (features.dimension() != dimension) {
            throw new IllegalArgumentException("local descriptors of " + features.dimension() + " numbers among those"
                    + " of " + dimension + ": extract all images by one method");
        }
    }
}
