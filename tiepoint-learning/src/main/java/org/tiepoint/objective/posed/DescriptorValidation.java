package org.tiepoint.objective.posed;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.network.LocalBackbone;
import org.tiepoint.objective.Objective.Picture;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * Measures a descriptor map on held-out pairs by nearest neighbours: how near the best place of the whole second map
 * lies to the epipolar line of a SIFT key point of the first picture, whether or not the second one shows it.
 */
public final class DescriptorValidation {
    private static final int QUERIES = 300;

    /** The loss of one held-out pair. */
    @FunctionalInterface
    public interface PairLoss {
        /** @param seed of its draws */
        double of(PosedBatch pair, Tensor map, Tensor otherMap, long seed);
    }

    private final PosedSamples samples;
    private final Detector detector = new SiftDetector();

    public DescriptorValidation(PosedSamples samples) {
        this.samples = samples;
    }

    /** Empty where nothing is held out. */
    public Optional<ValidationReport> run(LocalBackbone network, PairLoss loss, long step) throws IOException {
        int count = samples.pairs().heldOut().size();
        EpipolarDistances distances = new EpipolarDistances();
        double lossSum = 0;
        for (int i = 0; i < count; i++) {
            PosedSample sample = samples.heldOut(i);
            float[] queries = queries(sample);
            try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
                PosedBatch batch = PosedBatch.of(List.of(sample), network.parameters().device());
                Tensor map = network.describe(batch.first(), false);
                Tensor otherMap = network.describe(batch.second(), false);
                lossSum += loss.of(batch, map, otherMap, i);
                distances.add(sample.fundamental(), queries, locations(network, batch, map, otherMap, queries));
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        distances.putInto(metrics);
        return metrics.isEmpty() ? Optional.empty()
                : Optional.of(new ValidationReport(step, count, lossSum / count, metrics, 1));
    }

    /** The first held-out pair with epipolar lines. */
    public Optional<Picture> picture(LocalBackbone network) throws IOException {
        if (samples.pairs().heldOut().isEmpty()) {
            return Optional.empty();
        }
        PosedSample sample = samples.heldOut(0);
        float[] queries = queries(sample);
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            PosedBatch batch = PosedBatch.of(List.of(sample), network.parameters().device());
            float[] locations = locations(network, batch, network.describe(batch.first(), false),
                    network.describe(batch.second(), false), queries);
            return Optional.of(new Picture("validation/epipolar_lines", EpipolarPicture.draw(sample.first(),
                    sample.second(), sample.fundamental(), queries, locations)));
        }
    }

    private float[] queries(PosedSample sample) {
        return detector.detect(sample.first(), QUERIES).xy();
    }

    /** The centre of the second map's cell whose descriptor is nearest to the query's: n x 2, row-major, pixels. */
    private static float[] locations(LocalBackbone network, PosedBatch batch, Tensor map, Tensor otherMap,
            float[] queries) {
        if (queries.length == 0) {
            return queries;
        }
        Tensor pixels = Tensor.of(queries, 1, queries.length / 2, 2).like(map);
        Tensor positions = DifferentiableMatching.normalise(pixels, batch.width(), batch.height());
        Tensor descriptors = DifferentiableMatching.sample(map, positions, network.cornersAligned()).normalised(2);
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
