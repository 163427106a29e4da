package org.tiepoint.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.tiepoint.dataset.HeldOutViews.ViewPair;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.PosedImageLoader;
import org.tiepoint.estimate.PointPairs;
import org.tiepoint.estimate.PoseError;
import org.tiepoint.estimate.RelativePose;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.estimate.TwoViewGeometry;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Pose;
import org.tiepoint.match.Matcher;

/**
 * How well features match posed views, without ground truth but the poses: accuracy of matches against epipolar lines
 * (the larger of a match's two distances), inliers of the fundamental matrix, error of the relative pose. Photos are
 * undistorted first and keep their size.
 *
 * @param pairs the scores of each pair, in the order of the views
 */
public record PosedViewScore(List<PairScore> pairs) {
    /** Limits of the accuracy in pixels. */
    public static final int[] PIXELS = {1, 3, 5};
    /** Limits of the pose's AUC in degrees. */
    public static final int[] DEGREES = {5, 10, 20};

    public PosedViewScore {
        pairs = List.copyOf(pairs);
    }

    /**
     * One pair.
     *
     * @param accuracy  share of the matches within {@link #PIXELS} of their epipolar lines; 0 without matches
     * @param matches   how many there are
     * @param inliers   of the fundamental matrix by MAGSAC++ at 1 pixel
     * @param poseError the larger angle of rotation and direction of translation in degrees, by the essential matrix;
     *                  infinite where none was found
     */
    public record PairScore(double[] accuracy, int matches, int inliers, double poseError) {}

    /**
     * Extracts, matches and scores.
     *
     * @param each run after each pair
     * @throws IOException when a photo cannot be read
     */
    public static PosedViewScore of(List<ViewPair> pairs, Extractor extractor, Matcher matcher, Runnable each)
            throws IOException {
        Map<PosedImage, Seen> seen = new HashMap<>();
        RobustEstimator estimator = new RobustEstimator();
        List<PairScore> scores = new ArrayList<>();
        for (ViewPair pair : pairs) {
            scores.add(score(pair, see(pair.first(), extractor, seen), see(pair.second(), extractor, seen), matcher,
                    estimator));
            each.run();
        }
        return new PosedViewScore(scores);
    }

    private record Seen(Camera camera, Features features) {}

    private static Seen see(PosedImage image, Extractor extractor, Map<PosedImage, Seen> seen) throws IOException {
        Seen known = seen.get(image);
        if (known == null) {
            LoadedView view = PosedImageLoader.load(image);
            known = new Seen(view.camera(), extractor.extract(view.image()));
            seen.put(image, known);
        }
        return known;
    }

    private static PairScore score(ViewPair pair, Seen first, Seen second, Matcher matcher,
            RobustEstimator estimator) {
        PointPairs points = PointPairs.of(first.features().keypoints(), second.features().keypoints(),
                matcher.match(first.features(), second.features()));
        Pose relative = pair.first().pose().to(pair.second().pose());
        double[] errors = MatchAccuracy.epipolarErrors(Epipolar.fundamental(first.camera().matrix(),
                second.camera().matrix(), relative), points);
        double[] accuracy = new double[PIXELS.length];
        for (int i = 0; i < PIXELS.length; i++) {
            accuracy[i] = MatchAccuracy.share(errors, PIXELS[i]);
        }
        Optional<TwoViewGeometry> essential = estimator.essential(points, first.camera(), second.camera());
        return new PairScore(accuracy, points.count(),
                estimator.fundamental(points).map(TwoViewGeometry::inlierCount).orElse(0),
                essential.map(e -> PoseError.of(RelativePose.recover(e, points, first.camera(), second.camera()),
                        relative).ignoringSign().maximumDegrees()).orElse(Double.POSITIVE_INFINITY));
    }

    /** The mean over pairs of the share of matches within that one of {@link #PIXELS}. */
    public double accuracy(int place) {
        return mean(pair -> pair.accuracy()[place]);
    }

    /** The mean over pairs. */
    public double matches() {
        return mean(PairScore::matches);
    }

    /** The mean over pairs. */
    public double inliers() {
        return mean(PairScore::inliers);
    }

    /** Area under the recall curve of pose errors up to so many degrees, 0 to 1. */
    public double auc(int degrees) {
        return ErrorAuc.of(pairs.stream().mapToDouble(PairScore::poseError).toArray(), degrees);
    }

    /** The mean of the accuracies at {@link #PIXELS} and the AUCs at {@link #DEGREES}, 0 to 1. */
    public double overall() {
        int[] once = new int[pairs.size()];
        Arrays.fill(once, 1);
        return overallStatistic().of(once);
    }

    /**
     * By how much {@link #overall()} is more than that of other features on the same pairs, with the interval of the
     * paired bootstrap.
     */
    public Estimate over(PosedViewScore other) {
        if (other.pairs.size() != pairs.size()) {
            throw new IllegalArgumentException("scores of " + pairs.size() + " and " + other.pairs.size()
                    + " pairs cannot be compared");
        }
        Statistic mine = overallStatistic();
        Statistic others = other.overallStatistic();
        return new Bootstrap(pairs.size()).estimate(weights -> mine.of(weights) - others.of(weights));
    }

    private Statistic overallStatistic() {
        double[] errors = pairs.stream().mapToDouble(PairScore::poseError).toArray();
        List<Statistic> aucs = Arrays.stream(DEGREES).mapToObj(limit -> ErrorAuc.statistic(errors, limit)).toList();
        return weights -> {
            double accuracies = 0;
            long all = 0;
            for (int i = 0; i < weights.length; i++) {
                accuracies += weights[i] * Arrays.stream(pairs.get(i).accuracy()).sum();
                all += weights[i];
            }
            return (accuracies / Math.max(1, all) + aucs.stream().mapToDouble(auc -> auc.of(weights)).sum())
                    / (PIXELS.length + DEGREES.length);
        };
    }

    private double mean(ToDoubleFunction<PairScore> value) {
        return pairs.stream().mapToDouble(value).average().orElse(0);
    }
}
