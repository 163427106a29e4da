package org.tiepoint.objective.scfeat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.objective.posed.EpipolarDistances;
import org.tiepoint.objective.posed.EpipolarPicture;
import org.tiepoint.objective.posed.PosedBatch;
import org.tiepoint.objective.posed.PosedObjective;
import org.tiepoint.objective.posed.PosedSample;
import org.tiepoint.objective.posed.PosedSamples;
import org.tiepoint.recipe.ScfeatDescriptorRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * SCFeat's descriptors on posed photos. Validated by nearest neighbours: how near the best place of the whole second map
 * lies to the epipolar line of a SIFT key point of the first picture, whether or not the second one shows it.
 */
public final class ScfeatDescriptorObjective extends PosedObjective<ScfeatDescriptorLearner> {
    private static final int QUERIES = 300;

    private final ScfeatDescriptorRecipe recipe;
    private final Detector detector = new SiftDetector();

    /**
     * Chooses the pairs.
     *
     * @throws IllegalArgumentException when the scenes have no pair to train on
     */
    public ScfeatDescriptorObjective(ScfeatDescriptorRecipe recipe, List<PosedCollection> scenes) {
        super(new PosedSamples(scenes, recipe.data(), recipe.augmentation(), recipe));
        this.recipe = recipe;
    }

    @Override
    public ScfeatDescriptorLearner learner(Device device) {
        return new ScfeatDescriptorLearner(recipe, device);
    }

    @Override
    public Optional<ValidationReport> validate(ScfeatDescriptorLearner learner, long step) throws IOException {
        int count = samples.pairs().heldOut().size();
        EpipolarDistances distances = new EpipolarDistances();
        double lossSum = 0;
        for (int i = 0; i < count; i++) {
            PosedSample sample = samples.heldOut(i);
            float[] queries = queries(sample);
            try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
                PosedBatch batch = PosedBatch.of(List.of(sample), learner.parameters().device());
                Tensor map = learner.network().features(batch.first(), false).descriptors();
                Tensor otherMap = learner.network().features(batch.second(), false).descriptors();
                lossSum += learner.loss(batch, map, otherMap, new SplittableRandom(i), false).total().item();
                distances.add(sample.fundamental(), queries, locations(batch, map, otherMap, queries));
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        distances.putInto(metrics);
        return metrics.isEmpty() ? Optional.empty()
                : Optional.of(new ValidationReport(step, count, lossSum / count, metrics, 1));
    }

    @Override
    public Optional<Picture> picture(ScfeatDescriptorLearner learner) throws IOException {
        if (samples.pairs().heldOut().isEmpty()) {
            return Optional.empty();
        }
        PosedSample sample = samples.heldOut(0);
        float[] queries = queries(sample);
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            PosedBatch batch = PosedBatch.of(List.of(sample), learner.parameters().device());
            float[] locations = locations(batch, learner.network().features(batch.first(), false).descriptors(),
                    learner.network().features(batch.second(), false).descriptors(), queries);
            return Optional.of(new Picture("validation/epipolar_lines", EpipolarPicture.draw(sample.first(),
                    sample.second(), sample.fundamental(), queries, locations)));
        }
    }

    private float[] queries(PosedSample sample) {
        return detector.detect(sample.first(), QUERIES).xy();
    }

    /** The centre of the second map's cell whose descriptor is nearest to the query's: n x 2, row-major, pixels. */
    private static float[] locations(PosedBatch batch, Tensor map, Tensor otherMap, float[] queries) {
        if (queries.length == 0) {
            return queries;
        }
        Tensor pixels = Tensor.of(queries, 1, queries.length / 2, 2).like(map);
        Tensor positions = DifferentiableMatching.normalise(pixels, batch.width(), batch.height());
        Tensor descriptors = DifferentiableMatching.sample(map, positions, false).transpose(1, 2).normalised(1)
                .transpose(1, 2);
        long columns = otherMap.size(3);
        double cellWidth = (double) batch.width() / columns;
        double cellHeight = (double) batch.height() / otherMap.size(2);
        double[] best = descriptors.matmul(otherMap.normalised(1).reshape(1, otherMap.size(1), -1)).argmax(2)
                .toDoubles();
        float[] locations = new float[queries.length];
        for (int i = 0; i < best.length; i++) {
            locations[2 * i] = (float) ((best[i] % columns + 0.5) * cellWidth - 0.5);
            locations[2 * i + 1] = (float) ((Math.floor(best[i] / columns) + 0.5) * cellHeight - 0.5);
        }
        return locations;
    }
}
