package org.tiepoint.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tiepoint.loss.LossTerms;
import org.tiepoint.objective.Learner;
import org.tiepoint.recipe.Optimisation;
import org.tiepoint.tensor.TensorScope;

/** One step: forward, backward, Adam. Keeps no native memory of its own. */
final class TrainingStep<S> {
    private final Optimisation optimisation;
    private final Learner<S> learner;
    private final Adam adam;
    private final Function<S, String> name;

    /** @param name what messages call a sample */
    TrainingStep(Optimisation optimisation, Learner<S> learner, Adam adam, Function<S, String> name) {
        this.optimisation = optimisation;
        this.learner = learner;
        this.adam = adam;
        this.name = name;
    }

    /**
     * Trains on the samples.
     *
     * @param step steps done before
     * @throws TrainingDivergedException when a loss term is no finite number; the parameters are as before then
     */
    StepReport run(List<S> samples, long step) {
        return run(samples, step, optimisation.learningRateAt(step));
    }

    /** The same with another learning rate than the optimisation's. */
    StepReport run(List<S> samples, long step, double learningRate) {
        long start = System.nanoTime();
        try (TensorScope scope = new TensorScope()) {
            LossTerms loss = learner.loss(samples, step);
            Map<String, Double> terms = new LinkedHashMap<>();
            loss.terms().forEach((term, value) -> terms.put(term, finite(value.item(), term, step, samples)));
            double total = finite(loss.total().item(), "total", step, samples);
            learner.parameters().clearGradients();
            loss.total().backward();
            adam.step(step + 1, parameter -> learner.isEncoder(parameter)
                    ? learningRate * optimisation.encoderShare() : learningRate);
            return new StepReport(step + 1, optimisation.steps(), total, terms, learningRate,
                    (System.nanoTime() - start) / 1e9, samples.size());
        }
    }

    private double finite(double value, String term, long step, List<S> samples) {
        if (!Double.isFinite(value)) {
            throw new TrainingDivergedException(step + 1, samples.stream().map(name).toList(), term, value);
        }
        return value;
    }
}
