package org.tiepoint.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tiepoint.checkpoint.CheckpointException;
import org.tiepoint.checkpoint.EncoderWeights;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.dataset.ImagePair;
import org.tiepoint.dataset.PairSelector;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.file.AtomicFile;
import org.tiepoint.network.ResUNet;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Engine;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;

/**
 * Trains a descriptor from posed photos as CAPS does (Wang et al., ECCV 2020): Adam on the epipolar and cycle losses of
 * query points, with checkpoints, metrics and validation on held-out pairs.
 *
 * <p>The folder gets {@code last.safetensors} (everything needed to go on), {@code best.safetensors} (the weights of the
 * best validation), {@code recipe.yaml}, {@code metrics.jsonl} and TensorBoard's event files. Every draw follows from the
 * seed and the step, so on a CPU a resumed training gives the same losses, to the bit, as an unbroken one with the same
 * number of threads.
 */
public final class Trainer {
    /** The checkpoint that a training goes on from. */
    public static final String LAST = "last.safetensors";
    /** The weights with the best validation. */
    public static final String BEST = "best.safetensors";

    /**
     * How to run.
     *
     * @param out     folder, made if it is not there
     * @param resume  whether to go on from the folder's last checkpoint; from the start if there is none
     * @param device  where to compute
     * @param threads of libtorch and of the loader, at least 1
     * @param encoder file to initialise the encoder from, at the start of a training
     */
    public record Options(Path out, boolean resume, Device device, int threads, Optional<Path> encoder) {
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
    private final PairList pairs;
    private final SampleMaker maker;
    private final Validation validation;
    private volatile boolean stopping;

    /**
     * Prepares a training.
     *
     * @param recipeText YAML, kept in the checkpoints
     * @param recipe     its content
     * @param scenes     photos to train on
     * @throws IllegalArgumentException when the scenes have no pair to train on
     */
    public Trainer(String recipeText, Recipe recipe, List<PosedCollection> scenes, Options options,
            TrainingListener listener) {
        this.recipeText = recipeText;
        this.recipe = recipe;
        this.options = options;
        this.listener = listener;
        PairSelector.Options defaults = PairSelector.Options.defaults();
        PairSelector selector = new PairSelector(new PairSelector.Options(recipe.data().maxPairsPerScene(),
                defaults.minRotationDegrees(), recipe.data().maxRotationDegrees(), defaults.minOverlap(),
                recipe.seed()));
        List<List<ImagePair>> chosen = new ArrayList<>();
        for (PosedCollection scene : scenes) {
            chosen.add(selector.select(scene).kept());
        }
        pairs = new PairList(scenes, chosen, recipe);
        maker = new SampleMaker(recipe, scenes);
        validation = new Validation(recipe, pairs, maker);
    }

    /**
     * Trains until the recipe's last step, the listener wants to stop, or {@link #stop()}.
     *
     * @return the last validation; empty where no pair is held out
     * @throws TrainingDivergedException when a loss term is no finite number, or a parameter before it is saved
     * @throws IOException               when a photo or a checkpoint cannot be read, or nothing can be written
     */
    public Optional<ValidationReport> run() throws IOException, InterruptedException {
        Engine.setThreads(options.threads());
        makeFolder(options.out());
        try (TensorScope scope = new TensorScope();
                ResUNet network = new ResUNet(recipe.network(), recipe.seed(), options.device());
                Adam adam = new Adam(network.parameters())) {
            Optional<TrainingCheckpoint> resumed = resume(network, adam);
            long first = resumed.map(TrainingCheckpoint::step).orElse(0L);
            AtomicFile.write(options.out().resolve("recipe.yaml"),
                    out -> out.write(recipeText.getBytes(StandardCharsets.UTF_8)));
            listener.started(summary(network), first, recipe.optimisation().steps());
            try (MetricsFile metrics = new MetricsFile(options.out().resolve("metrics.jsonl"), first);
                    TrainingEvents events = new TrainingEvents(options.out(), validation, first);
                    BatchLoader loader = new BatchLoader(pairs, maker, recipe.seed(), first,
                            recipe.optimisation().steps(), options.threads())) {
                return train(network, adam, loader, metrics, events, resumed);
            }
        }
    }

    private Optional<ValidationReport> train(ResUNet network, Adam adam, BatchLoader loader, MetricsFile metrics,
            TrainingEvents events, Optional<TrainingCheckpoint> resumed) throws IOException, InterruptedException {
        Recipe.Schedule schedule = recipe.schedule();
        long first = resumed.map(TrainingCheckpoint::step).orElse(0L);
        long steps = recipe.optimisation().steps();
        Optional<ValidationReport> best = resumed.flatMap(Trainer::bestOf);
        Optional<ValidationReport> latest = Optional.empty();
        TrainingStep trainingStep = new TrainingStep(recipe, network, adam);
        if (first == 0) {
            latest = validate(network, 0, metrics, events);
        }
        boolean ended = false;
        for (long step = first; step < steps && !ended && !stopping; step++) {
            StepReport report = trainingStep.run(loader.next(), step);
            long done = report.step();
            listener.stepped(report);
            ended = done == steps || listener.wantsToStop();
            if (done % schedule.logEvery() == 0 || ended) {
                metrics.write(report);
                events.write(report);
            }
            if ((done % schedule.validateEvery() == 0 || ended) && !stopping) {
                latest = validate(network, done, metrics, events);
                if (latest.isPresent() && (best.isEmpty() || latest.get().betterThan(best.get()))) {
                    best = latest;
                    checkpoint(network, Optional.empty(), done, best).write(options.out().resolve(BEST));
                }
            }
            if (done % schedule.checkpointEvery() == 0 || ended || stopping) {
                checkpoint(network, Optional.of(adam), done, best).write(options.out().resolve(LAST));
            }
        }
        return latest;
    }

    private Optional<ValidationReport> validate(ResUNet network, long step, MetricsFile metrics,
            TrainingEvents events) throws IOException {
        if (pairs.heldOut().isEmpty()) {
            return Optional.empty();
        }
        ValidationReport report = validation.run(network, step);
        metrics.write(report);
        events.write(report, network);
        listener.validated(report);
        return Optional.of(report);
    }

    private TrainingCheckpoint checkpoint(ResUNet network, Optional<Adam> adam, long step,
            Optional<ValidationReport> best) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        best.ifPresent(b -> {
            metrics.put("bestStep", (double) b.step());
            metrics.put("bestPairs", (double) b.pairs());
            metrics.put("bestLoss", b.loss());
            metrics.put("bestMedianPixels", b.medianPixels());
            metrics.put("bestShareUnder5", b.shareUnder5());
            b.trueMedianPixels().ifPresent(value -> metrics.put("bestTrueMedianPixels", value));
        });
        Map<String, Tensor> moments = new LinkedHashMap<>();
        adam.ifPresent(a -> {
            a.firstMoments().forEach((name, moment) -> moments.put("first." + name, moment));
            a.secondMoments().forEach((name, moment) -> moments.put("second." + name, moment));
        });
        requireFinite(network.parameters().all(), step);
        requireFinite(moments, step);
        // The scheduler, the random state and the position in the data all follow from the step and the seed.
        return new TrainingCheckpoint(step, recipe.seed(), recipeText, metrics, Map.of("data", pairs.fingerprint()),
                ParameterStore.store(network.parameters().all()), ParameterStore.store(moments));
    }

    private static void requireFinite(Map<String, Tensor> tensors, long step) {
        tensors.forEach((name, tensor) -> {
            if (!tensor.isFinite()) {
                throw new TrainingDivergedException(step, name);
            }
        });
    }

    private static Optional<ValidationReport> bestOf(TrainingCheckpoint checkpoint) {
        Map<String, Double> metrics = checkpoint.metrics();
        if (!metrics.containsKey("bestStep")) {
            return Optional.empty();
        }
        return Optional.of(new ValidationReport(metrics.get("bestStep").longValue(),
                metrics.get("bestPairs").intValue(), metrics.get("bestLoss"), metrics.get("bestMedianPixels"),
                metrics.get("bestShareUnder5"), metrics.containsKey("bestTrueMedianPixels")
                        ? OptionalDouble.of(metrics.get("bestTrueMedianPixels")) : OptionalDouble.empty()));
    }

    /**
     * Asks the training to end after the step it is at, with a checkpoint and without a validation. Any thread may call
     * it. A process that exits while libtorch computes can crash: wait for {@link #run()} to return first.
     */
    public void stop() {
        stopping = true;
    }

    private Optional<TrainingCheckpoint> resume(ResUNet network, Adam adam) throws IOException {
        Path last = options.out().resolve(LAST);
        if (!Files.exists(last)) {
            if (options.encoder().isPresent()) {
                EncoderWeights.load(options.encoder().get(), network);
            }
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
        if (!pairs.fingerprint().equals(checkpoint.state().get("data"))) {
            throw new CheckpointException(last, "data", "the training was started with " + checkpoint.state().get("data")
                    + ", now there are " + pairs.fingerprint() + ": give the same --data, or start in another folder");
        }
        if (checkpoint.step() > recipe.optimisation().steps()) {
            throw new CheckpointException(last, "step", "the training has done " + checkpoint.step()
                    + " steps, more than the " + recipe.optimisation().steps() + " asked for");
        }
        ParameterStore.assign(network.parameters().all(), checkpoint.model(), last);
        Map<String, Tensor> moments = new LinkedHashMap<>();
        adam.firstMoments().forEach((name, moment) -> moments.put("first." + name, moment));
        adam.secondMoments().forEach((name, moment) -> moments.put("second." + name, moment));
        ParameterStore.assign(moments, checkpoint.optimizer(), last);
        return Optional.of(checkpoint);
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

    private String summary(ResUNet network) {
        return String.format(Locale.ROOT, "%d scenes, %d training pairs, %d held out; %s with %.2f million parameters;"
                + " %d threads",
                pairs.scenes().size(), pairs.training().size(), pairs.heldOut().size(),
                recipe.network().encoder().name().toLowerCase(Locale.ROOT),
                network.parameters().learnedCount() / 1e6, options.threads());
    }
}
