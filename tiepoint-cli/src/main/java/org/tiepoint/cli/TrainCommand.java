package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.recipe.Recipe;
import org.tiepoint.recipe.RecipeException;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;
import org.tiepoint.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a descriptor by a recipe. */
@Command(name = "train", description = {
    "Train a descriptor or a detector on posed photos, with camera poses as the only supervision, or (hndesc) a"
        + " descriptor on any photos.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint train caps-small --data photos --out runs/small",
            "  tiepoint train caps-small --data photos --out runs/small --resume",
            "  tiepoint train my.yaml --data a --data b --out runs/my --encoder resnet18.safetensors",
            "  tiepoint train scfeat-descriptor-small scfeat-detector-small --data photos --out runs/scfeat",
            "  tiepoint train mixed-small --data photos --loss averagePrecision=5,cycle=0 --out runs/mixed",
            "  tiepoint train hndesc-small --images photos --stylised photos-stylised --out runs/hndesc",
            "",
            "The folder gets last.safetensors (all that --resume needs), best.safetensors (the best",
            "validation), recipe.yaml, metrics.jsonl, and event files for tensorboard --logdir."})
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "1..*", paramLabel = "RECIPE",
            description = "caps, hndesc, scfeat-descriptor, scfeat-detector, posfeat-descriptor, posfeat-detector (the"
                    + " papers': ResNet-50, 640x480; want a GPU), the same with -small (ResNet-18, 320x240, for a CPU),"
                    + " mixed-small, compact-s, compact-m, or a YAML file. Several are trained one after the other, each"
                    + " in its folder below --out and from the weights of the one before.")
    private List<String> recipes;

    @Mixin
    private TrainingSources sources;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "DIR", description = "Folder for the training.")
    private Path out;

    @Option(names = "--resume", description = "Go on from the folder's last checkpoint.")
    private boolean resume;

    @Option(names = "--initial", paramLabel = "MODEL",
            description = "Start from the weights of another training: its --out folder or a checkpoint file.")
    private Optional<Path> initial;

    @Option(names = "--encoder", paramLabel = "FILE",
            description = "Start the encoder from these weights: torchvision's .pth or .safetensors of the ResNet.")
    private Optional<Path> encoder;

    @Option(names = "--steps", paramLabel = "N", description = "Train so many steps instead of the recipe's.")
    private Optional<Integer> steps;

    @Option(names = "--loss", paramLabel = "TERM=WEIGHT", split = ",",
            description = "Weigh the terms of a mixed recipe otherwise: lineToWindow, cycle (posed pairs) and"
                    + " averagePrecision (single photos); 0 leaves a term out.")
    private Map<String, Double> weights = Map.of();

    private double minutes;

    @Option(names = "--minutes", paramLabel = "M", defaultValue = "Infinity",
            description = "Stop after so many minutes, with a checkpoint (default: train all steps).")
    private void setMinutes(double value) {
        if (!(value > 0)) {
            throw new ParameterException(spec.commandLine(), "--minutes is " + value + ": it must be above 0");
        }
        minutes = value;
    }

    @Option(names = "--device", paramLabel = "NAME", defaultValue = "cpu",
            description = "cpu or cuda (default: cpu).")
    private Device device;

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads of libtorch and of the loader (default: one a processor).")
    private Optional<Integer> threads;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (recipes.size() > 1 && steps.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--steps goes with one recipe: write the steps of several"
                    + " into their files");
        }
        List<Stage> stages = stages();
        PrintWriter err = spec.commandLine().getErr();
        try (TrainingData available = sources.open(stages.stream().map(Stage::recipe).toList(),
                warning -> err.println("tiepoint: warning: " + warning))) {
            if (!train(stages, available, err)) {
                return 0;
            }
        }
        Path model = stages.get(stages.size() - 1).options().out();
        PrintWriter print = spec.commandLine().getOut();
        print.println("model: " + model);
        print.println("next: tiepoint match LEFT RIGHT --model " + model);
        print.flush();
        return 0;
    }

    /** Gives false when the time was over before the last stage. */
    private boolean train(List<Stage> stages, TrainingData available, PrintWriter err)
            throws IOException, InterruptedException {
        double minutesLeft = minutes;
        for (Stage stage : stages) {
            long start = System.nanoTime();
            try (TrainingProgress progress = new TrainingProgress(stage.options().out(), minutesLeft, err)) {
                Trainer trainer = new Trainer(stage.text(), stage.recipe(), available, stage.options(), progress);
                progress.watch(trainer);
                trainer.run();
            }
            minutesLeft -= (System.nanoTime() - start) / 60e9;
            if (minutesLeft <= 0 && stage != stages.get(stages.size() - 1)) {
                err.println("tiepoint: the time is over at " + stage.options().out() + "; --resume goes on");
                return false;
            }
        }
        return true;
    }

    private String weighed(String text, String recipe) throws RecipeException {
        if (weights.isEmpty()) {
            return text;
        }
        try {
            return RecipeFile.withWeights(text, recipe, weights);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--loss: " + e.getMessage(), e);
        }
    }

    /** One recipe to train. */
    private record Stage(String text, Recipe recipe, Trainer.Options options) {}

    private List<Stage> stages() throws RecipeException {
        List<Stage> stages = new ArrayList<>();
        Optional<Path> before = initial;
        for (String recipe : recipes) {
            String text = weighed(RecipeFile.text(recipe), recipe);
            Recipe parsed = RecipeFile.parse(text, recipe);
            Recipe chosen = steps.isPresent()
                    ? Arguments.accept(spec, () -> parsed.withSteps(steps.get())) : parsed;
            Path folder = recipes.size() == 1 ? out : out.resolve(parsed.method());
            Optional<Path> start = before;
            boolean first = stages.isEmpty();
            stages.add(new Stage(text, chosen, Arguments.accept(spec, () -> new Trainer.Options(folder, resume, device,
                    threads.orElse(Runtime.getRuntime().availableProcessors()), first ? encoder : Optional.empty(),
                    start))));
            before = Optional.of(folder);
        }
        if (stages.stream().map(stage -> stage.options().out()).distinct().count() < stages.size()) {
            throw new ParameterException(spec.commandLine(), "two recipes have the same method: train them one by one,"
                    + " the second with --initial");
        }
        return stages;
    }
}
