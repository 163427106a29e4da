package org.tiepoint.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.loss.EpipolarLoss;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.matching.CoarseToFineMatching;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.network.ResUNet;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.TensorScope;

/** Measures a network on held-out pairs, undisturbed and cut in the middle: the same samples every time. */
final class Validation {
    private final Recipe recipe;
    private final PairList pairs;
    private final SampleMaker maker;

    Validation(Recipe recipe, PairList pairs, SampleMaker maker) {
        this.recipe = recipe;
        this.pairs = pairs;
        this.maker = maker;
    }

    /** The i-th held-out pair. */
    TrainingSample sample(int i) throws IOException {
        PairList.ScenePair pair = pairs.heldOut().get(i);
        return maker.undisturbed(pair, pairs.isPortrait(pair), recipe.seed() + i);
    }

    /** Where the network expects the queries in the second picture: n x 2, pixels. */
    float[] locations(ResUNet network, TrainingSample sample) {
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            BatchTensors batch = BatchTensors.of(List.of(sample), network.parameters().device());
            return DifferentiableMatching.denormalise(batch.search(network, recipe.matching(), false).fine().position(),
                    batch.width(), batch.height()).toFloats();
        }
    }

    ValidationReport run(ResUNet network, long step) throws IOException {
        int count = pairs.heldOut().size();
        double lossSum = 0;
        double[] distances = new double[count * recipe.data().queries()];
        List<Double> trueDistances = new ArrayList<>();
        int place = 0;
        for (int i = 0; i < count; i++) {
            TrainingSample sample = sample(i);
            float[] locations;
            try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
                BatchTensors batch = BatchTensors.of(List.of(sample), network.parameters().device());
                CoarseToFineMatching.Result search = batch.search(network, recipe.matching(), false);
                LossTerms loss = EpipolarLoss.of(batch.queries(), batch.fundamentals(), search, batch.width(),
                        batch.height(), recipe.loss());
                lossSum += loss.total().item();
                locations = DifferentiableMatching.denormalise(search.fine().position(), batch.width(),
                        batch.height()).toFloats();
            }
            for (int j = 0; j < locations.length; j += 2) {
                distances[place++] = Epipolar.distance(sample.fundamental(), sample.queries()[j],
                        sample.queries()[j + 1], locations[j], locations[j + 1]);
                if (sample.truth().length > 0 && !Double.isNaN(sample.truth()[j])) {
                    trueDistances.add(Math.hypot(sample.truth()[j] - locations[j],
                            sample.truth()[j + 1] - locations[j + 1]));
                }
            }
        }
        Arrays.sort(distances);
        long under5 = Arrays.stream(distances).filter(d -> d < 5).count();
        return new ValidationReport(step, count, lossSum / count, distances[distances.length / 2],
                (double) under5 / distances.length, median(trueDistances));
    }

    private static OptionalDouble median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).mapToDouble(Double::doubleValue).findFirst();
    }
}
