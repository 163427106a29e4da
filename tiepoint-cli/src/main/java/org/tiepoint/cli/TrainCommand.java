package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.recipe.Recipe;
import org.tiepoint.recipe.RecipeException;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;
import org.tiepoint.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a descriptor by a recipe. */
@Command(name = "train", description = {
    "Train a descriptor or a detector on posed photos, with camera poses as the only supervision.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint train caps-small --data photos --out runs/small",
            "  tiepoint train caps-small --data photos --out runs/small --resume",
            "  tiepoint train my.yaml --data a --data b --out runs/my --encoder resnet18.safetensors",
            "  tiepoint train scfeat-descriptor-small scfeat-detector-small --data photos --out runs/scfeat",
            "",
            "The folder gets last.safetensors (all that --resume needs), best.safetensors (the best",
            "validation), recipe.yaml, metrics.jsonl, and event files for tensorboard --logdir."})
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "1..*", paramLabel = "RECIPE",
            description = "caps, scfeat-descriptor, scfeat-detector, posfeat-descriptor, posfeat-detector (the papers':"
                    + " ResNet-50, 640x480; want a GPU), the same with -small (ResNet-18, 320x240, for a CPU), or a YAML file. Several are trained one after"
                    + " the other, each in its folder below --out and from the weights of the one before.")
    private List<String> recipes;

    @Option(names = "--data", required = true, paramLabel = "DIR",
            description = "Posed photos: a scene or a folder of scenes as CAPS/MegaDepth, COLMAP, transforms.json,"
                    + " KITTI, 7-Scenes or TUM lay them out. May be given again.")
    private List<Path> data;

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
        List<PosedCollection> scenes = new ArrayList<>();
        for (Path folder : data) {
            scenes.addAll(PosedCollections.open(folder, warning -> err.println("tiepoint: warning: " + warning)));
        }
        double minutesLeft = minutes;
        for (Stage stage : stages) {
            long start = System.nanoTime();
            try (TrainingProgress progress = new TrainingProgress(stage.options().out(), minutesLeft, err)) {
                Trainer trainer = new Trainer(stage.text(), stage.recipe(), scenes, stage.options(), progress);
                progress.watch(trainer);
                trainer.run();
            }
            minutesLeft -= (System.nanoTime() - start) / 60e9;
            if (minutesLeft <= 0 && stage != stages.get(stages.size() - 1)) {
                err.println("tiepoint: the time is over at " + stage.options().out() + "; --resume goes on");
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

    /** One recipe to train. */
    private record Stage(String text, Recipe recipe, Trainer.Options options) {}

    private List<Stage> stages() throws RecipeException {
        List<Stage> stages = new ArrayList<>();
        Optional<Path> before = initial;
        for (String recipe : recipes) {
            String text = RecipeFile.text(recipe);
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
