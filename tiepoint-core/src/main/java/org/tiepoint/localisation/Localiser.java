package org.tiepoint.localisation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.tiepoint.feature.Features;
import org.tiepoint.geometry.Camera;
import org.tiepoint.match.Matcher;
import org.tiepoint.match.Matches;
import org.tiepoint.retrieval.CosineIndex;

/**
 * Finds the pose of a photo in a map (Sarlin et al., CVPR 2019): a short list of map images, matches with each, the
 * points that the matched key points show, and a robust pose of those correspondences. Immutable; safe for use by
 * several threads where the matcher is.
 */
public final class Localiser {
    /** How the map images are chosen that a query is matched with. */
    public enum ShortList {
        /** Those most like the query. */
        RETRIEVAL,
        /** The few most like the query, then those that share most points with them. */
        COVISIBILITY;

        /** The share of a short list by covisibility that is retrieved: a quarter. */
        private static final int SEEDS = 4;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final ReferenceMap map;
    private final Matcher matcher;
    private final Options options;
    private final AbsolutePoseEstimator estimator;

    /**
     * How.
     *
     * @param shortList  how map images are chosen
     * @param references map images a query is matched with at most, at least 1
     * @param minInliers fewest of the query's key points that must agree with a pose, at least 4
     * @param pose       what agrees, and how long to search
     */
    public record Options(ShortList shortList, int references, int minInliers, AbsolutePoseEstimator.Options pose) {
        public Options {
            if (references < 1) {
                throw new IllegalArgumentException("references is " + references + ": it must be at least 1");
            }
            if (minInliers < 4) {
                throw new IllegalArgumentException("minInliers is " + minInliers + ": it must be at least 4");
            }
        }

        /** 10 by retrieval, 12 inliers, and the usual pose. */
        public static Options defaults() {
            return new Options(ShortList.RETRIEVAL, 10, 12, AbsolutePoseEstimator.Options.defaults());
        }
    }

    /** @param matcher of the query's features with an image's; the one that the map was built with */
    public Localiser(ReferenceMap map, Matcher matcher, Options options) {
        this.map = map;
        this.matcher = matcher;
        this.options = options;
        this.estimator = new AbsolutePoseEstimator(options.pose());
    }

    /**
     * Localises a query.
     *
     * @param query  features of the undistorted photo, of the map's kind
     * @param camera of the undistorted photo
     */
    public Localisation localise(Features query, Camera camera) throws IOException {
        if (query.dimension() != map.dimension()) {
            throw new IllegalArgumentException("the query's descriptors have " + query.dimension() + " numbers, the"
                    + " map's " + map.dimension() + ": extract both by one method");
        }
        if (query.keypoints().count() == 0) {
            return new Localisation(Optional.empty(), 0, 0, List.of());
        }
        List<Integer> references = references(query);
        List<String> names = references.stream().map(i -> map.images().get(i).name()).toList();
        Set<Long> correspondences = new LinkedHashSet<>();
        for (int reference : references) {
            int[] pointOf = map.points().pointOf()[reference];
            Matches matches = matcher.match(query, map.features(reference));
            for (int m = 0; m < matches.count(); m++) {
                int point = pointOf[matches.second(m)];
                if (point >= 0) {
                    correspondences.add((long) matches.first(m) << 32 | point);
                }
            }
        }
        int[] keypoints = correspondences.stream().mapToInt(c -> (int) (c >> 32)).toArray();
        int[] points = correspondences.stream().mapToInt(Long::intValue).toArray();
        Optional<AbsolutePose> found = estimator.estimate(world(points), image(query, keypoints), camera);
        int inliers = found.map(pose -> distinct(keypoints, pose.inliers())).orElse(0);
        return new Localisation(found.filter(pose -> inliers >= options.minInliers()).map(AbsolutePose::pose),
                keypoints.length, inliers, names);
    }

    private List<Integer> references(Features query) {
        boolean covisible = options.shortList() == ShortList.COVISIBILITY;
        int retrieved = covisible ? (options.references() + ShortList.SEEDS - 1) / ShortList.SEEDS
                : options.references();
        List<Integer> list = new ArrayList<>(map.similar(query, retrieved).stream().map(CosineIndex.Hit::place)
                .toList());
        if (covisible) {
            int[] shared = new int[map.images().size()];
            for (int seed : list) {
                int[] withSeed = map.points().sharedWith(seed);
                for (int i = 0; i < shared.length; i++) {
                    shared[i] += withSeed[i];
                }
            }
            Set<Integer> seeds = new HashSet<>(list);
            IntStream.range(0, shared.length).boxed().filter(i -> shared[i] > 0 && !seeds.contains(i))
                    .sorted(Comparator.comparingInt((Integer i) -> -shared[i]))
                    .limit(options.references() - list.size()).forEach(list::add);
        }
        return list;
    }

    private double[] world(int[] points) {
        double[] xyz = new double[3 * points.length];
        for (int i = 0; i < points.length; i++) {
            System.arraycopy(map.points().xyz(), 3 * points[i], xyz, 3 * i, 3);
        }
        return xyz;
    }

    private static double[] image(Features query, int[] keypoints) {
        double[] xy = new double[2 * keypoints.length];
        for (int i = 0; i < keypoints.length; i++) {
            xy[2 * i] = query.keypoints().x(keypoints[i]);
            xy[2 * i + 1] = query.keypoints().y(keypoints[i]);
        }
        return xy;
    }

    private static int distinct(int[] keypoints, boolean[] inliers) {
        return (int) IntStream.range(0, keypoints.length).filter(i -> inliers[i]).map(i -> keypoints[i]).distinct()
                .count();
    }
}
