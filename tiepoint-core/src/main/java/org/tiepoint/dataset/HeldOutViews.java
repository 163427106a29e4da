package org.tiepoint.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Posed collections parted into views to learn from and views kept back, to see what was learned. Pairs to learn from
 * have both views among the former; pairs to judge by have at least one view that nothing was learned from, those of
 * two first. The same collections and options give the same parting. Immutable.
 *
 * @param training the collections without the views kept back
 * @param pairs    to judge by, at least one
 * @param views    how many are kept back
 */
public record HeldOutViews(List<PosedCollection> training, List<ViewPair> pairs, int views) {
    /** Scenes of fewer views are learned from whole. */
    public static final int FEWEST_VIEWS = 10;
    /** Pairs to choose from. */
    private static final int MANY = 100_000;

    public HeldOutViews {
        training = List.copyOf(training);
        pairs = List.copyOf(pairs);
    }

    /**
     * Two overlapping views of one scene.
     *
     * @param name       scene and photo names, for messages
     * @param bothUnseen whether both are kept back
     */
    public record ViewPair(String name, PosedImage first, PosedImage second, boolean bothUnseen) {}

    /**
     * How to part.
     *
     * @param share              of each scene's views that is kept back, above 0, at most 0.5
     * @param pairs              to judge by at most, at least 1, drawn alike from every scene
     * @param maxRotationDegrees pairs turned further against each other are left out, above 0 to 180
     * @param seed               of the draws
     */
    public record Options(double share, int pairs, double maxRotationDegrees, long seed) {
        public Options {
            if (!(share > 0 && share <= 0.5)) {
                throw new IllegalArgumentException("share is " + share + ": it must be above 0, at most 0.5");
            }
            if (pairs < 1) {
                throw new IllegalArgumentException("pairs is " + pairs + ": it must be at least 1");
            }
            if (!(maxRotationDegrees > 0 && maxRotationDegrees <= 180)) {
                throw new IllegalArgumentException("maxRotationDegrees is " + maxRotationDegrees
                        + ": it must be above 0, at most 180");
            }
        }

        /** A fifth of the views, 100 pairs, 60 degrees, seed 1. */
        public static Options defaults() {
            return new Options(0.2, 100, 60, 1);
        }
    }

    /**
     * Parts collections.
     *
     * @throws IllegalArgumentException where there are too few views, or no view kept back overlaps with another
     */
    public static HeldOutViews of(List<PosedCollection> scenes, Options options) {
        List<PosedCollection> training = new ArrayList<>();
        List<List<ViewPair>> pairs = new ArrayList<>();
        int views = 0;
        for (PosedCollection scene : scenes) {
            Set<Integer> kept = keepBack(scene.images().size(), options);
            views += kept.size();
            training.add(scene.without(kept));
            if (!kept.isEmpty()) {
                pairs.add(pairs(scene, kept, options));
            }
        }
        if (views == 0) {
            throw new IllegalArgumentException("no scene has " + FEWEST_VIEWS + " posed photos, so that some could be"
                    + " kept back to judge by: give more photos");
        }
        List<ViewPair> drawn = alike(pairs, options.pairs());
        if (drawn.isEmpty()) {
            throw new IllegalArgumentException("none of the " + views + " views kept back to judge by overlaps with"
                    + " another view: give more photos of the same place");
        }
        return new HeldOutViews(training, drawn, views);
    }

    private static Set<Integer> keepBack(int views, Options options) {
        if (views < FEWEST_VIEWS) {
            return Set.of();
        }
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < views; i++) {
            places.add(i);
        }
        Collections.shuffle(places, new Random(options.seed()));
        return new HashSet<>(places.subList(0, Math.max(2, (int) Math.round(options.share() * views))));
    }

    /** Pairs of two views kept back, then those of one. */
    private static List<ViewPair> pairs(PosedCollection scene, Set<Integer> kept, Options options) {
        PairSelector.Options usual = PairSelector.Options.defaults();
        List<ImagePair> all = new ArrayList<>(new PairSelector(new PairSelector.Options(MANY,
                usual.minRotationDegrees(), options.maxRotationDegrees(), usual.minOverlap(), options.seed()))
                .select(scene).kept());
        Collections.shuffle(all, new Random(options.seed()));
        List<ViewPair> both = new ArrayList<>();
        List<ViewPair> one = new ArrayList<>();
        for (ImagePair pair : all) {
            boolean first = kept.contains(pair.first());
            boolean second = kept.contains(pair.second());
            if (first || second) {
                PosedImage a = scene.images().get(pair.first());
                PosedImage b = scene.images().get(pair.second());
                (first && second ? both : one).add(new ViewPair(scene.name() + " " + a.name() + " " + b.name(), a, b,
                        first && second));
            }
        }
        both.addAll(one);
        return both;
    }

    /** The first pairs of every scene, one of each in turn. */
    private static List<ViewPair> alike(List<List<ViewPair>> scenes, int most) {
        List<ViewPair> drawn = new ArrayList<>();
        int longest = scenes.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (List<ViewPair> scene : scenes) {
                if (i < scene.size() && drawn.size() < most) {
                    drawn.add(scene.get(i));
                }
            }
        }
        return drawn;
    }
}
