package org.tiepoint.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tiepoint.loss.EpipolarLoss;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.matching.CoarseToFineMatching;
import org.tiepoint.network.ResUNet;
import org.tiepoint.tensor.TensorScope;

/** One step: forward, backward, Adam. Keeps no native memory of its own. */
final class TrainingStep {
    private final Recipe recipe;
    private final ResUNet network;
    private final Adam adam;

    TrainingStep(Recipe recipe, ResUNet network, Adam adam) {
        this.recipe = recipe;
        this.network = network;
        this.adam = adam;
    }

    /**
     * Trains on the samples.
     *
     * @param step steps done before
     * @throws TrainingDivergedException when a loss term is no finite number; the parameters are as before then
     */
    StepReport run(List<TrainingSample> samples, long step) {
        long start = System.nanoTime();
        double learningRate = recipe.optimisation().learningRateAt(step);
        try (TensorScope scope = new TensorScope()) {
            BatchTensors batch = BatchTensors.of(samples, network.parameters().device());
            CoarseToFineMatching.Result search = batch.search(network, recipe.matching(), true);
            LossTerms loss = EpipolarLoss.of(batch.queries(), batch.fundamentals(), search, batch.width(),
                    batch.height(), recipe.loss());
            Map<String, Double> terms = new LinkedHashMap<>();
            loss.terms().forEach((name, term) -> terms.put(name, finite(term.item(), name, step, samples)));
            double total = finite(loss.total().item(), "total", step, samples);
            network.parameters().clearGradients();
            loss.total().backward();
            adam.step(step + 1, name -> recipe.optimisation().learningRateAt(step, name));
            return new StepReport(step + 1, recipe.optimisation().steps(), total, terms, learningRate,
                    (System.nanoTime() - start) / 1e9, samples.size());
        }
    }

    private static double finite(double value, String term, long step, List<TrainingSample> samples) {
        if (!Double.isFinite(value)) {
            throw new TrainingDivergedException(step + 1, samples.stream().map(TrainingSample::name).toList(), term,
                    value);
        }
        return value;
    }
}
