package org.tiepoint.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.checkpoint.CheckpointException;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.objective.Learner;
import org.tiepoint.objective.Objective;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.objective.caps.CapsObjective;
import org.tiepoint.objective.hndesc.HndescObjective;
import org.tiepoint.objective.mixed.MixedObjective;
import org.tiepoint.objective.scfeat.ScfeatDescriptorObjective;
import org.tiepoint.objective.scfeat.ScfeatDetectorObjective;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.recipe.HndescRecipe;
import org.tiepoint.recipe.MixedRecipe;
import org.tiepoint.recipe.Recipe;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.recipe.ScfeatDescriptorRecipe;
import org.tiepoint.recipe.ScfeatDetectorRecipe;
import org.tiepoint.recipe.Schedule;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Engine;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * Trains a network by its recipe: Adam on the loss of the recipe's objective, with checkpoints, metrics and validation.
 *
 * <p>The folder gets {@code last.safetensors} (everything needed to go on), {@code best.safetensors} (the weights of the
 * best validation), {@code recipe.yaml}, {@code metrics.jsonl} and TensorBoard's event files. Every draw follows from the
 * seed and the step, so on a CPU a resumed training gives the same losses, to the bit, as an unbroken one with the same
 * number of threads.
 */
public final class Trainer {
    /** The checkpoint that a training goes on from. */
    public static final String LAST = TrainingFolder.LAST;
    /** The weights with the best validation. */
    public static final String BEST = TrainingFolder.BEST;

    private static final String BEST_STEP = "best.step";
    private static final String BEST_SAMPLES = "best.samples";
    private static final String BEST_LOSS = "best.loss";
    private static final String BEST_SIGN = "best.sign";
    private static final String BEST_METRIC = "best.metric.";

    /**
     * How to run.
     *
     * @param out     folder, made if it is not there
     * @param resume  whether to go on from the folder's last checkpoint; from the start if there is none
     * @param device  where to compute
     * @param threads of libtorch and of the loader, at least 1
     * @param encoder file to initialise the encoder from, at the start of a training
     * @param initial training to start from: its folder or checkpoint
     */
    public record Options(Path out, boolean resume, Device device, int threads, Optional<Path> encoder,
            Optional<Path> initial) {
        public Options {
            if (threads < 1) {
                throw new IllegalArgumentException("threads is " + threads + ": it must be at least 1");
            }
            if (device == Device.CUDA && !Engine.cudaAvailable()) {
                throw new IllegalArgumentException("device is cuda, but libtorch sees none: build with -Pcuda on a "
                        + "machine with an NVIDIA driver, or use cpu");
            }
        }
    }

    private final String recipeText;
    private final Recipe recipe;
    private final Options options;
    private final TrainingListener listener;
    private final Objective<?, ?> objective;
    private volatile boolean stopping;

    /**
     * Prepares a training.
     *
     * @param recipeText YAML, kept in the checkpoints
     * @param recipe     its content
     * @param data       to train on
     * @throws IllegalArgumentException when there is nothing to train on
     */
    public Trainer(String recipeText, Recipe recipe, TrainingData data, Options options, TrainingListener listener) {
        this.recipeText = recipeText;
        this.recipe = recipe;
        this.options = options;
        this.listener = listener;
        this.objective = objective(recipe, data);
    }

    private static Objective<?, ?> objective(Recipe recipe, TrainingData data) {
        if (recipe instanceof CapsRecipe caps) {
            return new CapsObjective(caps, data.scenes());
        }
        if (recipe instanceof HndescRecipe hndesc) {
            return new HndescObjective(hndesc, data);
        }
        if (recipe instanceof MixedRecipe mixed) {
            return new MixedObjective(mixed, data);
        }
        if (recipe instanceof ScfeatDescriptorRecipe descriptor) {
            return new ScfeatDescriptorObjective(descriptor, data.scenes());
        }
        if (recipe instanceof ScfeatDetectorRecipe detector) {
            return new ScfeatDetectorObjective(detector, data.scenes());
        }
        throw new IllegalArgumentException("there is no training for the method " + recipe.method());
    }

    /**
     * Trains until the recipe's last step, the listener wants to stop, or {@link #stop()}.
     *
     * @return the last validation; empty where nothing is held out
     * @throws TrainingDivergedException when a loss term is no finite number, or a parameter before it is saved
     * @throws IOException               when a photo or a checkpoint cannot be read, or nothing can be written
     */
    public Optional<ValidationReport> run() throws IOException, InterruptedException {
        return run(objective);
    }

    private <S, L extends Learner<S>> Optional<ValidationReport> run(Objective<S, L> objective)
            throws IOException, InterruptedException {
        Engine.setThreads(options.threads());
        makeFolder(options.out());
        try (TensorScope scope = new TensorScope();
                L learner = objective.learner(options.device());
                Adam adam = new Adam(learner.parameters())) {
            Optional<TrainingCheckpoint> resumed = resume(learner, adam);
            long first = resumed.map(TrainingCheckpoint::step).orElse(0L);
            AtomicFile.write(options.out().resolve("recipe.yaml"),
                    out -> out.write(recipeText.getBytes(StandardCharsets.UTF_8)));
            listener.started(objective.summary() + "; " + learner.summary() + "; " + options.threads() + " threads",
                    first, recipe.optimisation().steps());
            try (MetricsFile metrics = new MetricsFile(options.out().resolve("metrics.jsonl"), first);
                    TrainingEvents events = new TrainingEvents(options.out(), first);
                    BatchLoader<S> loader = new BatchLoader<>(objective::samples, first,
                            recipe.optimisation().steps(), options.threads())) {
                return train(objective, learner, adam, loader, metrics, events, resumed);
            }
        }
    }

    private <S, L extends Learner<S>> Optional<ValidationReport> train(Objective<S, L> objective, L learner, Adam adam,
            BatchLoader<S> loader, MetricsFile metrics, TrainingEvents events, Optional<TrainingCheckpoint> resumed)
            throws IOException, InterruptedException {
        Schedule schedule = recipe.schedule();
        long first = resumed.map(TrainingCheckpoint::step).orElse(0L);
        long steps = recipe.optimisation().steps();
        Optional<ValidationReport> best = resumed.flatMap(Trainer::bestOf);
        Optional<ValidationReport> latest = Optional.empty();
        TrainingStep<S> trainingStep = new TrainingStep<>(recipe.optimisation(), learner, adam, objective::name);
        if (first == 0) {
            latest = validate(objective, learner, 0, metrics, events);
        }
        boolean ended = false;
        for (long step = first; step < steps && !ended && !stopping; step++) {
            objective.prepare(learner, step);
            StepReport report = trainingStep.run(loader.next(), step);
            long done = report.step();
            listener.stepped(report);
            ended = done == steps || listener.wantsToStop();
            if (done % schedule.logEvery() == 0 || ended) {
                metrics.write(report);
                events.write(report);
            }
            if ((done % schedule.validateEvery() == 0 || ended) && !stopping) {
                latest = validate(objective, learner, done, metrics, events);
                if (latest.isPresent() && (best.isEmpty() || latest.get().betterThan(best.get()))) {
                    best = latest;
                    checkpoint(learner, Optional.empty(), done, best).write(options.out().resolve(BEST));
                }
            }
            if (done % schedule.checkpointEvery() == 0 || ended || stopping) {
                checkpoint(learner, Optional.of(adam), done, best).write(options.out().resolve(LAST));
            }
        }
        return latest;
    }

    private <S, L extends Learner<S>> Optional<ValidationReport> validate(Objective<S, L> objective, L learner,
            long step, MetricsFile metrics, TrainingEvents events) throws IOException {
        Optional<ValidationReport> report = objective.validate(learner, step);
        if (report.isPresent()) {
            metrics.write(report.get());
            events.write(report.get(), objective.picture(learner));
            listener.validated(report.get());
        }
        return report;
    }

    private TrainingCheckpoint checkpoint(Learner<?> learner, Optional<Adam> adam, long step,
            Optional<ValidationReport> best) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        best.ifPresent(b -> {
            metrics.put(BEST_STEP, (double) b.step());
            metrics.put(BEST_SAMPLES, (double) b.samples());
            metrics.put(BEST_LOSS, b.loss());
            metrics.put(BEST_SIGN, (double) b.sign());
            b.metrics().forEach((name, value) -> metrics.put(BEST_METRIC + name, value));
        });
        Map<String, Tensor> moments = new LinkedHashMap<>();
        adam.ifPresent(a -> {
            a.firstMoments().forEach((name, moment) -> moments.put("first." + name, moment));
            a.secondMoments().forEach((name, moment) -> moments.put("second." + name, moment));
        });
        requireFinite(learner.stored(), step);
        requireFinite(moments, step);
        // The scheduler, the random state and the position in the data all follow from the step and the seed.
        return new TrainingCheckpoint(step, recipe.seed(), recipeText, metrics,
                Map.of("data", objective.fingerprint()), ParameterStore.store(learner.stored()),
                ParameterStore.store(moments));
    }

    private static void requireFinite(Map<String, Tensor> tensors, long step) {
        tensors.forEach((name, tensor) -> {
            if (!tensor.isFinite()) {
                throw new TrainingDivergedException(step, name);
            }
        });
    }

    private static Optional<ValidationReport> bestOf(TrainingCheckpoint checkpoint) {
        Map<String, Double> kept = checkpoint.metrics();
        if (!kept.containsKey(BEST_STEP)) {
            return Optional.empty();
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        kept.forEach((name, value) -> {
            if (name.startsWith(BEST_METRIC)) {
                metrics.put(name.substring(BEST_METRIC.length()), value);
            }
        });
        return Optional.of(new ValidationReport(kept.get(BEST_STEP).longValue(), kept.get(BEST_SAMPLES).intValue(),
                kept.get(BEST_LOSS), metrics, kept.get(BEST_SIGN).intValue()));
    }

    /**
     * Asks the training to end after the step it is at, with a checkpoint and without a validation. Any thread may call
     * it. A process that exits while libtorch computes can crash: wait for {@link #run()} to return first.
     */
    public void stop() {
        stopping = true;
    }

    private Optional<TrainingCheckpoint> resume(Learner<?> learner, Adam adam) throws IOException {
        Path last = options.out().resolve(LAST);
        if (!Files.exists(last)) {
            start(learner);
            return Optional.empty();
        }
        if (!options.resume()) {
            throw new IOException(options.out() + " already holds a training (" + LAST
                    + "): give --resume to go on with it, or another folder");
        }
        TrainingCheckpoint checkpoint = TrainingCheckpoint.read(last);
        if (!RecipeFile.parse(checkpoint.recipe(), last + " (its recipe)").withSteps(1).equals(recipe.withSteps(1))) {
            throw new CheckpointException(last, "recipe", "the training was started with another recipe: resume with "
                    + options.out().resolve("recipe.yaml") + ", or start in another folder");
        }
        if (!objective.fingerprint().equals(checkpoint.state().get("data"))) {
            throw new CheckpointException(last, "data", "the training was started with " + checkpoint.state().get("data")
                    + ", now there are " + objective.fingerprint() + ": give the same --data, or start in another folder");
        }
        if (checkpoint.step() > recipe.optimisation().steps()) {
            throw new CheckpointException(last, "step", "the training has done " + checkpoint.step()
                    + " steps, more than the " + recipe.optimisation().steps() + " asked for");
        }
        ParameterStore.assign(learner.stored(), checkpoint.model(), last);
        Map<String, Tensor> moments = new LinkedHashMap<>();
        adam.firstMoments().forEach((name, moment) -> moments.put("first." + name, moment));
        adam.secondMoments().forEach((name, moment) -> moments.put("second." + name, moment));
        ParameterStore.assign(moments, checkpoint.optimizer(), last);
        return Optional.of(checkpoint);
    }

    private void start(Learner<?> learner) throws IOException {
        if (objective.needsInitialWeights() && options.initial().isEmpty()) {
            throw new IOException("the method " + recipe.method() + " starts from the weights of an earlier stage:"
                    + " give its training's folder with --initial");
        }
        if (options.initial().isPresent()) {
            Path file = TrainingFolder.model(options.initial().get());
            learner.initialise(TrainingCheckpoint.read(file).model(), file);
        }
        if (options.encoder().isPresent()) {
            learner.loadEncoder(options.encoder().get());
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("cannot make the folder " + folder + ": " + e.getMessage() + " is a file", e);
        } catch (IOException e) {
            throw new IOException("cannot make the folder " + folder + ": " + e.getMessage(), e);
        }
    }
}
