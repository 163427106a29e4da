package org.tiepoint.testing;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticCollectionWriter;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.recipe.RecipeException;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;
import org.tiepoint.train.Trainer;
import org.tiepoint.train.TrainingListener;

/** A training that takes seconds: one rendered scene of small pictures, the smallest encoder. */
public final class TinyTraining {
    /** Size of pictures. */
    public static final int WIDTH = 80;
    /** Size of pictures. */
    public static final int HEIGHT = 64;

    private TinyTraining() {}

    /** Renders a scene of six views into a folder and reads it back. */
    public static List<PosedCollection> scenes(Path folder, long seed) throws IOException {
        SceneOptions options = new SceneOptions(seed, 6, WIDTH, HEIGHT, 8, 0, 2);
        SyntheticCollectionWriter.write(SyntheticScene.create(options), folder);
        return PosedCollections.open(folder);
    }

    /** caps-small made tiny: a line of metrics a step, a validation every 4 and a checkpoint every 3 steps. */
    public static String recipe(int steps) {
        String recipe;
        try {
            recipe = RecipeFile.text("caps-small");
        } catch (RecipeException e) {
            throw new AssertionError(e);
        }
        Map<String, Object> values = Map.ofEntries(entry("coarseDimension", 16), entry("fineDimension", 16),
                entry("decoderWidth8", 16), entry("decoderWidth4", 16), entry("freezeEncoderStatistics", false),
                entry("width", WIDTH), entry("height", HEIGHT), entry("queries", 40), entry("learningRate", "1.0e-3"),
                entry("encoderShare", 1), entry("decayEvery", 1000), entry("batch", 1), entry("steps", steps),
                entry("validationShare", 0.2), entry("validationPairs", 2), entry("validateEvery", 4),
                entry("checkpointEvery", 3), entry("logEvery", 1));
        for (Map.Entry<String, Object> value : values.entrySet()) {
            recipe = with(recipe, value.getKey(), value.getValue());
        }
        return recipe;
    }

    /** The recipe with another value of a key that is alone on its line. */
    public static String with(String recipe, String key, Object value) {
        String changed = recipe.replaceAll("(?m)^( *" + key + ": ).*$", "$1" + value);
        if (!recipe.matches("(?s).*\\b" + key + ": .*")) {
            throw new AssertionError("the recipe has no " + key);
        }
        return changed;
    }

    /** Trains by any recipe on one thread. */
    public static void train(String recipe, TrainingData data, Path out, boolean resume, TrainingListener listener)
            throws IOException, InterruptedException {
        new Trainer(recipe, RecipeFile.parse(recipe, "test"), data,
                new Trainer.Options(out, resume, Device.CPU, 1, Optional.empty(), Optional.empty()), listener).run();
    }

    public static CapsRecipe parse(String recipe) throws RecipeException {
        return RecipeFile.parse(recipe, "test").caps();
    }

    /** A trainer on one thread, so that two trainings can agree to the bit. */
    public static Trainer trainer(String recipe, List<PosedCollection> scenes, Path out, boolean resume,
            TrainingListener listener) throws RecipeException {
        return new Trainer(recipe, parse(recipe), TrainingData.ofScenes(out, scenes),
                new Trainer.Options(out, resume, Device.CPU, 1, Optional.empty(), Optional.empty()), listener);
    }
}
