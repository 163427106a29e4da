package org.tiepoint.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.network.LocalBackbone;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.objective.mixed.MixedLearner;
import org.tiepoint.objective.mixed.MixedObjective;
import org.tiepoint.objective.mixed.MixedSample;
import org.tiepoint.recipe.MixedRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Engine;
import org.tiepoint.tensor.NativeWork;

/**
 * Goes on training a network for some minutes: as {@link Trainer}, with running statistics that stay as they are, a
 * learning rate that falls to 0 along a half cosine over the time there is, and without a folder. The exit of the Java
 * machine waits for the step under way. With a limit of steps the same options give the same network, to the bit, on
 * one CPU with the same number of threads.
 */
public final class FineTuning {
    /** Checks of the network, evenly over the time; the last at the end. */
    public static final int CHECKS = 3;

    /**
     * When to end.
     *
     * @param steps   at most so many, above 0
     * @param seconds from now on at most so many, 0 or more; may be infinite
     */
    public record Limit(long steps, double seconds) {
        public Limit {
            if (steps < 1) {
                throw new IllegalArgumentException("steps is " + steps + ": it must be at least 1");
            }
            if (!(seconds >= 0)) {
                throw new IllegalArgumentException("seconds is " + seconds + ": it must be 0 or more");
            }
        }
    }

    /** Hears how it goes, in the training's thread. */
    public interface Listener {
        /** What the training works with, once, before the first step. */
        void started(String summary);

        void stepped(StepReport report);

        /**
         * {@value FineTuning#CHECKS} times.
         *
         * @param network as it is now; not to be kept
         * @param steps   done
         */
        void check(LocalBackbone network, long steps) throws IOException;
    }

    private final MixedRecipe recipe;
    private final MixedObjective objective;
    private final int threads;

    /**
     * Prepares.
     *
     * @param recipe  its steps and the decay of its learning rate are not used
     * @param threads of libtorch and of the loader, at least 1
     * @throws IllegalArgumentException when there is nothing to train on
     */
    public FineTuning(MixedRecipe recipe, TrainingData data, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ": it must be at least 1");
        }
        this.recipe = recipe;
        this.objective = MixedObjective.adapting(recipe, data);
        this.threads = threads;
    }

    /** Tells the data from others, as checkpoints do. */
    public String fingerprint() {
        return objective.fingerprint();
    }

    /**
     * Trains until the limit.
     *
     * @param initial weights by name
     * @param source  of the weights, for messages
     * @throws TrainingDivergedException when a loss term is no finite number
     * @throws IOException               when a photo cannot be read, or the weights belong to another network
     */
    public void run(Map<String, StoredTensor> initial, Path source, Limit limit, Listener listener)
            throws IOException, InterruptedException {
        Engine.setThreads(threads);
        long start = System.nanoTime();
        try (MixedLearner learner = objective.learner(Device.CPU);
                Adam adam = new Adam(learner.parameters());
                BatchLoader<MixedSample> loader = new BatchLoader<>(objective::samples, 0, limit.steps(), threads)) {
            learner.initialise(initial, source);
            listener.started(objective.summary() + "; " + learner.summary() + "; " + threads + " threads");
            TrainingStep<MixedSample> training = new TrainingStep<>(recipe.optimisation(), learner, adam,
                    objective::name);
            int checked = 0;
            double share = 0;
            for (long step = 0; share < 1; step++) {
                objective.prepare(learner, step);
                double learningRate = recipe.optimisation().learningRate() * (1 + Math.cos(Math.PI * share)) / 2;
                try (NativeWork work = new NativeWork()) {
                    listener.stepped(training.run(loader.next(), step, learningRate));
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                share = Math.max((double) (step + 1) / limit.steps(), seconds / limit.seconds());
                if (share >= 1 || share * CHECKS >= checked + 1) {
                    checked++;
                    listener.check(learner.network(), step + 1);
                }
            }
        }
    }
}
