package org.tiepoint.objective.scfeat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.KeypointPicture;
import org.tiepoint.feature.KeypointSelection;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.match.Matches;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.network.FeatureMaps;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.objective.posed.PosedBatch;
import org.tiepoint.objective.posed.PosedObjective;
import org.tiepoint.objective.posed.PosedSample;
import org.tiepoint.objective.posed.PosedSamples;
import org.tiepoint.recipe.ScfeatDetectorRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * SCFeat's detector on posed photos. Validated by what it is for: how many mutual nearest neighbours among its best 500
 * points of both pictures lie within 2 pixels of each other's epipolar lines.
 */
public final class ScfeatDetectorObjective extends PosedObjective<ScfeatDetectorLearner> {
    /** Matches of a pair within 2 pixels of both epipolar lines, the mean of all pairs. */
    public static final String CORRECT = "correctMatches";
    /** Their share of all matches, 0 to 1. */
    public static final String SHARE = "shareCorrect";
    private static final int KEYPOINTS = 500;
    private static final double PIXELS = 2;
    private static final KeypointPicture PICTURE = new KeypointPicture(1024);

    private final ScfeatDetectorRecipe recipe;
    private final MutualNearestNeighborMatcher matcher = new MutualNearestNeighborMatcher();

    /**
     * Chooses the pairs.
     *
     * @throws IllegalArgumentException when the scenes have no pair to train on
     */
    public ScfeatDetectorObjective(ScfeatDetectorRecipe recipe, List<PosedCollection> scenes) {
        super(new PosedSamples(scenes, recipe.data(), recipe.augmentation(), recipe));
        this.recipe = recipe;
    }

    @Override
    public ScfeatDetectorLearner learner(Device device) {
        return new ScfeatDetectorLearner(recipe, device);
    }

    @Override
    public boolean needsInitialWeights() {
        return true;
    }

    @Override
    public Optional<ValidationReport> validate(ScfeatDetectorLearner learner, long step) throws IOException {
        int count = samples.pairs().heldOut().size();
        if (count == 0) {
            return Optional.empty();
        }
        double lossSum = 0;
        long correct = 0;
        long matched = 0;
        for (int i = 0; i < count; i++) {
            PosedSample sample = samples.heldOut(i);
            try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
                PosedBatch batch = PosedBatch.of(List.of(sample), learner.parameters().device());
                FeatureMaps maps = learner.maps(batch.first());
                FeatureMaps otherMaps = learner.maps(batch.second());
                Tensor scores = learner.scores(maps, batch.first());
                Tensor otherScores = learner.scores(otherMaps, batch.second());
                lossSum += learner.loss(batch, maps, otherMaps, scores, otherScores, i).total().item();
                Features first = features(maps, scores, batch);
                Features second = features(otherMaps, otherScores, batch);
                Matches matches = matcher.match(first, second);
                matched += matches.count();
                correct += correct(sample.fundamental(), first.keypoints(), second.keypoints(), matches);
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(CORRECT, (double) correct / count);
        metrics.put(SHARE, matched == 0 ? 0 : (double) correct / matched);
        return Optional.of(new ValidationReport(step, count, lossSum / count, metrics, 1));
    }

    private static Features features(FeatureMaps maps, Tensor scores, PosedBatch batch) {
        Keypoints keypoints = KeypointSelection.select(
                new ScoreMap(batch.width(), batch.height(), scores.toFloats()), KEYPOINTS,
                KeypointSelection.Options.defaults());
        int dimension = (int) maps.descriptors().size(1);
        if (keypoints.count() == 0) {
            return new Features(keypoints, dimension, new float[0]);
        }
        Tensor positions = DifferentiableMatching.normalise(
                Tensor.of(keypoints.xy(), 1, keypoints.count(), 2).like(scores), batch.width(), batch.height());
        Tensor descriptors = DifferentiableMatching.sample(maps.descriptors(), positions, false).transpose(1, 2)
                .normalised(1).transpose(1, 2);
        return new Features(keypoints, dimension, descriptors.toFloats());
    }

    private static long correct(double[] fundamental, Keypoints first, Keypoints second, Matches matches) {
        long correct = 0;
        double[] back = Matrices.transpose(fundamental);
        for (int i = 0; i < matches.count(); i++) {
            double x = first.x(matches.first(i));
            double y = first.y(matches.first(i));
            double u = second.x(matches.second(i));
            double v = second.y(matches.second(i));
            if (Epipolar.distance(fundamental, x, y, u, v) < PIXELS && Epipolar.distance(back, u, v, x, y) < PIXELS) {
                correct++;
            }
        }
        return correct;
    }

    @Override
    public Optional<Picture> picture(ScfeatDetectorLearner learner) throws IOException {
        if (samples.pairs().heldOut().isEmpty()) {
            return Optional.empty();
        }
        PosedSample sample = samples.heldOut(0);
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            PosedBatch batch = PosedBatch.of(List.of(sample), learner.parameters().device());
            Tensor scores = learner.scores(learner.maps(batch.first()), batch.first());
            ScoreMap map = new ScoreMap(batch.width(), batch.height(), scores.toFloats());
            Keypoints best = KeypointSelection.select(map, KEYPOINTS, KeypointSelection.Options.defaults());
            return Optional.of(new Picture("validation/scores", PICTURE.draw(sample.first(), best, Optional.of(map))));
        }
    }
}
