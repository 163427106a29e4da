package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.dataset.HeldOutViews;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.model.AdaptableModel;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.objective.photo.Photo;
import org.tiepoint.objective.photo.PhotoFolder;
import org.tiepoint.onnx.EmbeddedModel;
import org.tiepoint.recipe.MixedRecipe;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.train.FineTuning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fine-tunes a compact model on a collection. */
@Command(name = "adapt", description = {
    "Fit a compact model to your own posed photos in minutes, and see whether it helps.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint adapt --data scan --out adapted.onnx",
            "  tiepoint adapt --data hall --data yard --model runs/compact --out adapted/ --minutes 30",
            "  tiepoint adapt --data scan --model adapted.onnx --out adapted.onnx --minutes 5",
            "",
            "A fifth of the views of each scene is kept back: no pair with one of them is learned from. On pairs",
            "with such views the model is measured before and after. MMA: share of the matches within 1, 3, 5 px",
            "of the epipolar lines of the poses; inliers: of the fundamental matrix; AUC: of the pose error up",
            "to 5, 10, 20 degrees.",
            "",
            "The file always holds the best model so far, at first the unchanged one: after Ctrl-C too, so that",
            "there is nothing to resume. Adapting the written file again goes on from it."})
final class AdaptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PosedDataOption data;

    @Option(names = {"-m", "--model"}, paramLabel = "MODEL", defaultValue = ModelOption.USUAL,
            description = "The compact model to start from (default: ${DEFAULT-VALUE}): compact-s or compact-m,"
                    + " which are part of Tiepoint, what 'tiepoint export' or 'tiepoint adapt' wrote (.onnx), the --out"
                    + " folder of 'tiepoint train', or a checkpoint file.")
    private Path model;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "FILE|DIR",
            description = "File to write, named .onnx, with its card beside it; in a folder model.onnx and model.json.")
    private Path out;

    private double minutes;

    @Option(names = "--minutes", paramLabel = "M", defaultValue = "15",
            description = "Time for all of it (default: ${DEFAULT-VALUE}).")
    private void setMinutes(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new ParameterException(spec.commandLine(), "--minutes is " + value + ": it must be above 0");
        }
        minutes = value;
    }

    @Option(names = "--steps", paramLabel = "N",
            description = "Train so many steps instead: with the same number of threads the result is the same.")
    private Optional<Integer> steps;

    @Option(names = "--recipe", paramLabel = "FILE", defaultValue = "adapt",
            description = "A recipe of the method mixed instead of the one inside; its network is the model's.")
    private String recipe;

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads of libtorch and of the loader (default: one a processor).")
    private Optional<Integer> threads;

    @Override
    public Integer call() throws IOException, InterruptedException {
        long start = System.nanoTime();
        requirePositive("--steps", steps);
        requirePositive("--threads", threads);
        ExportTarget target = ExportTarget.of(out, spec);
        Optional<EmbeddedModel> embedded = EmbeddedModel.of(model.toString());
        AdaptableModel initial = embedded.isPresent() ? AdaptableModel.load(embedded.get())
                : AdaptableModel.load(model);
        String text = RecipeFile.withNetwork(RecipeFile.text(recipe), recipe, initial.network());
        MixedRecipe parsed = (MixedRecipe) RecipeFile.parse(text, recipe);
        PrintWriter err = spec.commandLine().getErr();
        List<PosedCollection> scenes = new ArrayList<>();
        for (Path folder : data.folders()) {
            scenes.addAll(PosedCollections.open(folder, warning -> err.println("tiepoint: warning: " + warning)));
        }
        HeldOutViews views = HeldOutViews.of(scenes, HeldOutViews.Options.defaults());
        FineTuning tuning = new FineTuning(parsed, training(views),
                threads.orElse(Runtime.getRuntime().availableProcessors()));
        Adaptation adaptation = new Adaptation(initial, model, views, scenes, text, tuning.fingerprint(), target, err);
        adaptation.run(tuning, steps, 60 * minutes, start);
        PrintWriter print = spec.commandLine().getOut();
        adaptation.report(print);
        print.println("model: " + target.onnx());
        print.println("next: tiepoint match LEFT RIGHT --model " + target.onnx());
        print.flush();
        return 0;
    }

    private void requirePositive(String option, Optional<Integer> value) {
        if (value.isPresent() && value.get() < 1) {
            throw new ParameterException(spec.commandLine(), option + " is " + value.get() + ": it must be at least 1");
        }
    }

    private static TrainingData training(HeldOutViews views) {
        List<Photo> photos = PhotoFolder.ofScenes(Path.of(""), views.training(), Optional.empty());
        return new TrainingData(views.training(), photos, Optional.empty(), Optional.empty());
    }
}
