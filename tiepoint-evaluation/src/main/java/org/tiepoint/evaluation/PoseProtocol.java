package org.tiepoint.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.tiepoint.estimate.PointPairs;
import org.tiepoint.estimate.PoseError;
import org.tiepoint.estimate.RelativePose;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.estimate.RobustMethod;
import org.tiepoint.estimate.TwoViewGeometry;
import org.tiepoint.geometry.Camera;

/**
 * Relative pose from matches.
 *
 * <ul>
 * <li>AUC of the pose error, as SuperGlue (Sarlin et al., CVPR 2020) measures it: essential matrix, pose by the points
 * in front of both cameras, the larger of the angles of rotation and of the direction of translation up to its sign; by
 * MAGSAC++ and by RANSAC. A pair without a pose has an infinite error.
 * <li>CAPS's table (Wang et al., ECCV 2020): the share of pairs whose angle of rotation, of translation, and both are
 * below 5 and 10 degrees; essential matrix by RANSAC, the better of its two rotations. By difficulty, the true angle of
 * rotation: easy up to 15 degrees, moderate to 30, hard to 60.
 * <li>Precision: the share of matches that are within 3 pixels of their true epipolar lines in both images, averaged
 * over pairs; a pair without matches counts 0.
 * </ul>
 *
 * <p>Departs from the papers in that images keep their size, and that thresholds are in pixels of the image files
 * (SuperGlue scales images down first). CAPS's code takes the mean of the two intrinsic matrices for both images; here
 * each has its own. It tops up to 50 matches where fewer are mutual; here they stay as they are.
 */
public final class PoseProtocol implements Protocol {
    /** A match is correct where both its points are within so many pixels of their true epipolar lines. */
    public static final double CORRECT_PIXELS = 3;

    private static final int[] AUC_DEGREES = {5, 10, 20};
    private static final int[] CAPS_DEGREES = {5, 10};

    /** OpenCV's own, which SuperGlue's and CAPS's code leaves as it is. */
    private static final int RANSAC_SAMPLES = 1000;

    private final RobustEstimator.Options options;
    private final RobustEstimator magsacEstimator;
    private final RobustEstimator ransacEstimator;
    private final List<Measure> measures = new ArrayList<>();

    /** 1 pixel, confidence 0.99999, 5000 samples (RANSAC: 1000), seed 0. */
    public PoseProtocol() {
        this(RobustEstimator.Options.defaults());
    }

    /** @param options threshold in pixels at the mean focal length, confidence, MAGSAC++'s samples, seed */
    public PoseProtocol(RobustEstimator.Options options) {
        this.options = options;
        magsacEstimator = new RobustEstimator(options);
        ransacEstimator = new RobustEstimator(new RobustEstimator.Options(options.thresholdPixels(),
                options.confidence(), RANSAC_SAMPLES, options.seed()));
        measures.addAll(Measure.aucs("auc", "poseError", AUC_DEGREES));
        measures.addAll(Measure.aucs("aucRansac", "poseErrorRansac", AUC_DEGREES));
        measures.addAll(Measure.shares("capsRotation", "capsRotationError", false, CAPS_DEGREES));
        measures.addAll(Measure.shares("capsTranslation", "capsTranslationError", false, CAPS_DEGREES));
        measures.addAll(Measure.shares("capsBoth", "capsPoseError", false, CAPS_DEGREES));
        for (String name : List.of("precision", "keypoints", "matches", "inliers", "inliersRansac", "extractSeconds",
                "matchSeconds")) {
            measures.add(Measure.mean(name));
        }
    }

    @Override
    public String name() {
        return "pose";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(ScoreSettings.of(options));
        settings.put("iterationsRansac", Integer.toString(RANSAC_SAMPLES));
        settings.put("precision", CORRECT_PIXELS + " px");
        return settings;
    }

    @Override
    public Map<String, Double> score(EvaluationPair pair, Prediction prediction) {
        if (!(pair.truth() instanceof PairTruth.RelativePose truth)) {
            throw new IllegalArgumentException("pair " + pair.name() + " has no pose: evaluate it as homography");
        }
        PointPairs points = prediction.points();
        Camera first = truth.first().camera(prediction.firstSize());
        Camera second = truth.second().camera(prediction.secondSize());
        Optional<TwoViewGeometry> magsac = magsacEstimator.essential(points, first, second, RobustMethod.MAGSAC);
        Optional<TwoViewGeometry> ransac = ransacEstimator.essential(points, first, second, RobustMethod.RANSAC);
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put("precision", MatchAccuracy.share(truth.matchErrors(points, prediction.firstSize(),
                prediction.secondSize()), CORRECT_PIXELS));
        putError(scores, "", magsac.map(e -> PoseError.of(RelativePose.recover(e, points, first, second),
                truth.relative())));
        putError(scores, "Ransac", ransac.map(e -> PoseError.of(RelativePose.recover(e, points, first, second),
                truth.relative())));
        PoseError caps = ransac.map(e -> PoseError.ofEssential(e.matrix(), truth.relative()).ignoringSign())
                .orElse(new PoseError(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
        scores.put("capsRotationError", caps.rotationDegrees());
        scores.put("capsTranslationError", caps.translationDegrees());
        scores.put("capsPoseError", caps.maximumDegrees());
        scores.put("inliers", (double) magsac.map(TwoViewGeometry::inlierCount).orElse(0));
        scores.put("inliersRansac", (double) ransac.map(TwoViewGeometry::inlierCount).orElse(0));
        scores.put("trueRotation", truth.relative().rotationDegrees());
        ScoreSettings.putCounts(scores, prediction);
        return scores;
    }

    private static void putError(Map<String, Double> scores, String suffix, Optional<PoseError> signed) {
        Optional<PoseError> error = signed.map(PoseError::ignoringSign);
        scores.put("rotationError" + suffix, error.map(PoseError::rotationDegrees).orElse(Double.POSITIVE_INFINITY));
        scores.put("translationError" + suffix, error.map(PoseError::translationDegrees)
                .orElse(Double.POSITIVE_INFINITY));
        scores.put("poseError" + suffix, error.map(PoseError::maximumDegrees).orElse(Double.POSITIVE_INFINITY));
    }

    /** By the true angle of rotation. */
    @Override
    public Map<String, Predicate<PairResult>> subsets() {
        Map<String, Predicate<PairResult>> subsets = new LinkedHashMap<>();
        subsets.put("easy", result -> result.score("trueRotation") < 15);
        subsets.put("moderate", result -> result.score("trueRotation") >= 15 && result.score("trueRotation") < 30);
        subsets.put("hard", result -> result.score("trueRotation") >= 30 && result.score("trueRotation") <= 60);
        return subsets;
    }

    @Override
    public Measures summarise(List<PairResult> pairs) {
        return Measure.summarise(measures, pairs);
    }
}
