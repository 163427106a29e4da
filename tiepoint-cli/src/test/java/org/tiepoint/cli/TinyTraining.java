package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tiepoint.recipe.RecipeFile;

/**
 * A training of two steps on one rendered scene of small views.
 *
 * @param recipe a recipe for it
 * @param data   the scene
 * @param model  the training's folder
 */
record TinyTraining(Path recipe, Path data, Path model) {
    /** Renders and writes the recipe; does not train. */
    static TinyTraining prepare(Path folder) throws IOException {
        Path data = folder.resolve("data");
        CommandRun run = CommandRun.of("render", "--out", data, "--scenes", 1, "--views", 3, "--size", "96x64");
        if (run.exitCode() != 0) {
            throw new IOException(run.err());
        }
        String text = RecipeFile.text("caps-small").replace("width: 320", "width: 96").replace("height: 240",
                "height: 64").replace("decoderWidth8: 256", "decoderWidth8: 16").replace("decoderWidth4: 128",
                "decoderWidth4: 16").replace("Dimension: 128", "Dimension: 32").replace("queries: 500", "queries: 50");
        Path recipe = Files.writeString(folder.resolve("tiny.yaml"), text);
        return new TinyTraining(recipe, data, folder.resolve("model"));
    }

    /** Prepares and trains. */
    static TinyTraining run(Path folder) throws IOException {
        TinyTraining training = prepare(folder);
        CommandRun run = training.train("--steps", 2);
        if (run.exitCode() != 0) {
            throw new IOException(run.err());
        }
        return training;
    }

    CommandRun train(Object... more) {
        Object[] arguments = new Object[8 + more.length];
        System.arraycopy(new Object[] {"train", recipe, "--data", data, "--out", model, "--threads", 1}, 0, arguments,
                0, 8);
        System.arraycopy(more, 0, arguments, 8, more.length);
        return CommandRun.of(arguments);
    }

    /** One of the views that were trained on. */
    Path view(int i) {
        return data.resolve("synthetic-1/dense0/aligned/images/00" + i + ".png");
    }
}
