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
    "Train a descriptor on posed photos, with camera poses as the only supervision (CAPS).", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint train caps-small --data photos --out runs/small",
            "  tiepoint train caps-small --data photos --out runs/small --resume",
            "  tiepoint train my.yaml --data a --data b --out runs/my --encoder resnet18.safetensors",
            "",
            "The folder gets last.safetensors (all that --resume needs), best.safetensors (the best",
            "validation), recipe.yaml, metrics.jsonl, and event files for tensorboard --logdir."})
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RECIPE",
            description = "caps (the paper's: ResNet-50, 640x480; wants a GPU), caps-small (ResNet-18, 320x240, for a"
                    + " CPU), or a YAML file.")
    private String recipe;

    @Option(names = "--data", required = true, paramLabel = "DIR",
            description = "Posed photos: a scene or a folder of scenes as CAPS/MegaDepth, COLMAP, transforms.json,"
                    + " KITTI, 7-Scenes or TUM lay them out. May be given again.")
    private List<Path> data;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "DIR", description = "Folder for the training.")
    private Path out;

    @Option(names = "--resume", description = "Go on from the folder's last checkpoint.")
    private boolean resume;

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
        String text = RecipeFile.text(recipe);
        Recipe parsed = RecipeFile.parse(text, recipe);
        Recipe chosen = steps.isPresent()
                ? Arguments.accept(spec, () -> parsed.withSteps(steps.get())) : parsed;
        Trainer.Options options = Arguments.accept(spec, () -> new Trainer.Options(out, resume, device,
                threads.orElse(Runtime.getRuntime().availableProcessors()), encoder));
        PrintWriter err = spec.commandLine().getErr();
        List<PosedCollection> scenes = new ArrayList<>();
        for (Path folder : data) {
            scenes.addAll(PosedCollections.open(folder, warning -> err.println("tiepoint: warning: " + warning)));
        }
        try (TrainingProgress progress = new TrainingProgress(out, minutes, err)) {
            Trainer trainer = new Trainer(text, chosen, scenes, options, progress);
            progress.watch(trainer);
            trainer.run();
        }
        PrintWriter print = spec.commandLine().getOut();
        print.println("model: " + out);
        print.println("next: tiepoint match LEFT RIGHT --model " + out);
        print.flush();
        return 0;
    }
}
