package org.tiepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tiepoint.estimate.PointPairs;
import org.tiepoint.estimate.PoseError;
import org.tiepoint.estimate.RelativePose;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.evaluation.DescribedImages.DescribedImage;
import org.tiepoint.evaluation.PoseResult.Pair;
import org.tiepoint.feature.Features;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.ImageException;
import org.tiepoint.match.Matcher;

/**
 * Relative pose from matches, as SuperGlue (Sarlin et al., CVPR 2020) measures it: essential matrix, pose by the points
 * in front of both cameras, and the larger of the angles of rotation and of the direction of translation up to its
 * sign. A pair without a pose has an infinite error.
 *
 * <p>Departs from it in the robust estimator, MAGSAC++ in place of RANSAC, and in that images keep their size. Every
 * descriptor gets the same key points.
 */
public final class PoseProtocol {
    /** Images whose features are kept: 2,000 descriptors of 256 numbers are 2 MB. */
    private static final int KEPT_IMAGES = 64;
    private static final Pose ORIGIN = new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);

    private final FeatureSource source;
    private final Matcher matcher;
    private final RobustEstimator estimator;

    public PoseProtocol(FeatureSource source, Matcher matcher, RobustEstimator estimator) {
        this.source = source;
        this.matcher = matcher;
        this.estimator = estimator;
    }

    /**
     * Evaluates a set.
     *
     * @param afterPair runs after each pair
     * @return one result by descriptor, in their order
     */
    public List<PoseResult> evaluate(PoseSet set, Runnable afterPair) throws ImageException {
        DescribedImages images = new DescribedImages(source, KEPT_IMAGES);
        List<List<Pair>> pairs = new ArrayList<>();
        source.describers().forEach(describer -> pairs.add(new ArrayList<>()));
        for (PosePair pair : set.pairs()) {
            DescribedImage first = images.get(pair.first());
            DescribedImage second = images.get(pair.second());
            Camera firstCamera = pair.firstCamera(first.width(), first.height());
            Camera secondCamera = pair.secondCamera(second.width(), second.height());
            for (int i = 0; i < pairs.size(); i++) {
                pairs.get(i).add(evaluate(pair, firstCamera, secondCamera, first.features().get(i),
                        second.features().get(i)));
            }
            afterPair.run();
        }
        List<PoseResult> results = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            results.add(new PoseResult(set.name(), source.describers().get(i).name(), pairs.get(i), images.cost(i)));
        }
        return results;
    }

    private Pair evaluate(PosePair pair, Camera firstCamera, Camera secondCamera, Features first, Features second) {
        long start = System.nanoTime();
        PointPairs points = PointPairs.of(first.keypoints(), second.keypoints(), matcher.match(first, second));
        double matchSeconds = DescribedImages.seconds(start);
        double[] errors = MatchAccuracy.epipolarErrors(
                Epipolar.fundamental(firstCamera, ORIGIN, secondCamera, pair.relative()), points);
        start = System.nanoTime();
        Optional<PoseError> error = estimator.essential(points, firstCamera, secondCamera)
                .map(geometry -> RelativePose.recover(geometry, points, firstCamera, secondCamera))
                .map(estimated -> PoseError.of(estimated, pair.relative()).ignoringSign());
        return new Pair(pair.first().getFileName().toString(), pair.second().getFileName().toString(), points.count(),
                MatchAccuracy.countWithin(errors, PoseResult.CORRECT_PIXELS), error, matchSeconds,
                DescribedImages.seconds(start));
    }
}
