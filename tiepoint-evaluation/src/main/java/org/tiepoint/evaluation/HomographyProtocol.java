package org.tiepoint.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.tiepoint.estimate.PointPairs;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.estimate.RobustMethod;
import org.tiepoint.estimate.TwoViewGeometry;

/**
 * Matching under true homographies.
 *
 * <ul>
 * <li>Mean matching accuracy, as D2-Net (Dusmanu et al., CVPR 2019) measures it on HPatches: the share of matches whose
 * reprojection error in the second image is within 1 to 10 pixels, averaged over pairs; a pair without matches counts
 * 0.
 * <li>Homography accuracy, as SuperPoint (DeTone et al., CVPRW 2018) measures it: the homography estimated from the
 * matches takes the four corners of the first image within so many pixels, on average, of where the true one takes
 * them; and the area under that curve (LoFTR, Sun et al., CVPR 2021). Both by RANSAC and by MAGSAC++.
 * <li>Repeatability, see {@link Repeatability}.
 * </ul>
 *
 * <p>Departs from the papers in that images keep their size (SuperPoint and LoFTR scale them down), and in that pixels
 * are those of the files.
 */
public final class HomographyProtocol implements Protocol {
    /** Thresholds of the mean matching accuracy are 1, 2, ... pixels up to this. */
    public static final int MAX_PIXELS = 10;

    private static final int[] CORNER_PIXELS = {1, 3, 5, 10};

    private final Options options;
    private final RobustEstimator estimator;
    private final List<Measure> measures = new ArrayList<>();

    /**
     * @param estimation         of the homography: threshold in pixels of the second image, confidence, samples, seed
     * @param repeatablePixels   a key point is found again within so many pixels, above 0
     */
    public record Options(RobustEstimator.Options estimation, double repeatablePixels) {
        public Options {
            if (!(repeatablePixels > 0) || Double.isInfinite(repeatablePixels)) {
                throw new IllegalArgumentException("repeatablePixels is " + repeatablePixels + ": it must be above 0");
            }
        }

        /** 3 pixels, confidence 0.9995, 5000 samples, seed 0; repeatable within 3 pixels. */
        public static Options defaults() {
            return new Options(new RobustEstimator.Options(3, 0.9995, 5000, 0), 3);
        }
    }

    public HomographyProtocol() {
        this(Options.defaults());
    }

    public HomographyProtocol(Options options) {
        this.options = options;
        estimator = new RobustEstimator(options.estimation);
        for (int pixels = 1; pixels <= MAX_PIXELS; pixels++) {
            measures.add(Measure.mean("mma", Integer.toString(pixels), "mma" + pixels));
        }
        measures.addAll(Measure.shares("homographyAccuracy", "cornerError", true, CORNER_PIXELS));
        measures.addAll(Measure.aucs("auc", "cornerError", CORNER_PIXELS));
        measures.addAll(Measure.shares("homographyAccuracyMagsac", "cornerErrorMagsac", true, CORNER_PIXELS));
        measures.addAll(Measure.aucs("aucMagsac", "cornerErrorMagsac", CORNER_PIXELS));
        for (String name : List.of("repeatability", "keypoints", "matches", "inliers", "inliersMagsac",
                "extractSeconds", "matchSeconds")) {
            measures.add(Measure.mean(name));
        }
    }

    @Override
    public String name() {
        return "homography";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(ScoreSettings.of(options.estimation));
        settings.put("repeatability", options.repeatablePixels + " px");
        return settings;
    }

    @Override
    public Map<String, Double> score(EvaluationPair pair, Prediction prediction) {
        if (!(pair.truth() instanceof PairTruth.Homography truth)) {
            throw new IllegalArgumentException("pair " + pair.name() + " has no homography: evaluate it as pose");
        }
        PointPairs points = prediction.points();
        double[] errors = truth.matchErrors(points, prediction.firstSize(), prediction.secondSize());
        Map<String, Double> scores = new LinkedHashMap<>();
        for (int pixels = 1; pixels <= MAX_PIXELS; pixels++) {
            scores.put("mma" + pixels, MatchAccuracy.share(errors, pixels));
        }
        putEstimate(scores, "", truth, prediction, points, RobustMethod.RANSAC);
        putEstimate(scores, "Magsac", truth, prediction, points, RobustMethod.MAGSAC);
        scores.put("repeatability", Repeatability.of(truth.matrix(), prediction, options.repeatablePixels));
        ScoreSettings.putCounts(scores, prediction);
        return scores;
    }

    private void putEstimate(Map<String, Double> scores, String suffix, PairTruth.Homography truth,
            Prediction prediction, PointPairs points, RobustMethod method) {
        Optional<TwoViewGeometry> found = estimator.homography(points, method);
        scores.put("cornerError" + suffix, found.map(h -> CornerError.of(h.matrix(), truth.matrix(),
                prediction.firstSize())).orElse(Double.POSITIVE_INFINITY));
        scores.put("inliers" + suffix, (double) found.map(TwoViewGeometry::inlierCount).orElse(0));
    }

    /** Change of illumination and of viewpoint, where the sequences are called i_* and v_*. */
    @Override
    public Map<String, Predicate<PairResult>> subsets() {
        Map<String, Predicate<PairResult>> subsets = new LinkedHashMap<>();
        subsets.put("illumination", result -> result.pair().group().startsWith("i_"));
        subsets.put("viewpoint", result -> result.pair().group().startsWith("v_"));
        return subsets;
    }

    @Override
    public Measures summarise(List<PairResult> pairs) {
        return Measure.summarise(measures, pairs);
    }
}
