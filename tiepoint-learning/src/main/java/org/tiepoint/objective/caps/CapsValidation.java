package org.tiepoint.objective.caps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.tiepoint.matching.CoarseToFineMatching;
import org.tiepoint.matching.DifferentiableMatching;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.objective.posed.EpipolarDistances;
import org.tiepoint.objective.posed.PairList;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.TensorScope;

/** Measures a network on held-out pairs, undisturbed and cut in the middle: the same samples every time. */
final class CapsValidation {
    /** Median distance to the true location, where that is known, which is in rendered scenes. */
    static final String TRUE_MEDIAN = "trueMedianPixels";

    private final CapsRecipe recipe;
    private final PairList pairs;
    private final CapsSampleMaker maker;

    CapsValidation(CapsRecipe recipe, PairList pairs, CapsSampleMaker maker) {
        this.recipe = recipe;
        this.pairs = pairs;
        this.maker = maker;
    }

    /** The i-th held-out pair. */
    CapsSample sample(int i) throws IOException {
        PairList.ScenePair pair = pairs.heldOut().get(i);
        return maker.undisturbed(pair, pairs.isPortrait(pair), recipe.seed() + i);
    }

    /** Where the network expects the queries in the second picture: n x 2, pixels. */
    float[] locations(CapsLearner learner, CapsSample sample) {
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            CapsBatch batch = CapsBatch.of(List.of(sample), learner.parameters().device());
            return DifferentiableMatching.denormalise(learner.search(batch, false).fine().position(),
                    batch.width(), batch.height()).toFloats();
        }
    }

    ValidationReport run(CapsLearner learner, long step) throws IOException {
        int count = pairs.heldOut().size();
        double lossSum = 0;
        EpipolarDistances distances = new EpipolarDistances();
        List<Double> trueDistances = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CapsSample sample = sample(i);
            float[] locations;
            try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
                CapsBatch batch = CapsBatch.of(List.of(sample), learner.parameters().device());
                CoarseToFineMatching.Result search = learner.search(batch, false);
                lossSum += learner.loss(batch, search).total().item();
                locations = DifferentiableMatching.denormalise(search.fine().position(), batch.width(),
                        batch.height()).toFloats();
            }
            distances.add(sample.fundamental(), sample.queries(), locations);
            for (int j = 0; j < locations.length; j += 2) {
                if (sample.truth().length > 0 && !Double.isNaN(sample.truth()[j])) {
                    trueDistances.add(Math.hypot(sample.truth()[j] - locations[j],
                            sample.truth()[j + 1] - locations[j + 1]));
                }
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        distances.putInto(metrics);
        median(trueDistances).ifPresent(median -> metrics.put(TRUE_MEDIAN, median));
        return new ValidationReport(step, count, lossSum / count, metrics, 1);
    }

    private static OptionalDouble median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).mapToDouble(Double::doubleValue).findFirst();
    }
}
