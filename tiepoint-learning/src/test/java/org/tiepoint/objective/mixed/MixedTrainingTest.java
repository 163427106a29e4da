package org.tiepoint.objective.mixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.recipe.RecipeException;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.testing.TinyTraining;
import org.tiepoint.train.StepReport;
import org.tiepoint.train.Trainer;
import org.tiepoint.train.TrainingListener;

/** Poses and homographies in one training, tiny, on one rendered scene. */
class MixedTrainingTest {
    @TempDir
    static Path folder;

    private static TrainingData data;

    /** Counts what happens. */
    private static final class Record implements TrainingListener {
        private final List<StepReport> steps = new ArrayList<>();
        private final List<ValidationReport> validations = new ArrayList<>();

        @Override
        public void stepped(StepReport report) {
            steps.add(report);
        }

        @Override
        public void validated(ValidationReport report) {
            validations.add(report);
        }
    }

    @BeforeAll
    static void renders() throws IOException {
        data = TrainingData.ofScenes(folder, TinyTraining.scenes(folder.resolve("scene"), 3));
    }

    private static String recipe(int steps, Map<String, Double> weights) throws RecipeException {
        String recipe = RecipeFile.text("mixed-small");
        Map<String, Object> values = Map.of("dimension", 32, "decoderWidth8", 32, "decoderWidth4", 32, "keypoints", 30,
                "width", TinyTraining.WIDTH, "height", TinyTraining.HEIGHT, "steps", steps, "validationShare", 0.2,
                "validateEvery", 2, "batch", 2);
        for (Map.Entry<String, Object> value : values.entrySet()) {
            recipe = TinyTraining.with(recipe, value.getKey(), value.getValue());
        }
        return RecipeFile.withWeights(recipe.replace("side: 192", "side: 48"), "test", weights);
    }

    @Test
    void everyTermCountsByItsWeight() throws IOException, InterruptedException {
        Record record = new Record();
        TinyTraining.train(recipe(2, Map.of("lineToWindow", 2.0, "cycle", 3.0, "averagePrecision", 7.0)), data,
                folder.resolve("all"), false, record);
        for (StepReport step : record.steps) {
            Map<String, Double> terms = step.terms();
            assertEquals(2 * (terms.get("window_first") + terms.get("window_second")) + 3 * terms.get("cycle")
                    + 7 * terms.get("average_precision"), step.loss(), 1e-4 * step.loss());
            assertTrue(terms.get("cycle") > 0 && terms.get("average_precision") > 0, terms.toString());
        }
        assertEquals(Set.of("shareUnder5", "medianPixels", "shareMatched"),
                record.validations.get(0).metrics().keySet());
    }

    @Test
    void aTermWithoutWeightIsLeftOut() throws IOException, InterruptedException {
        Record record = new Record();
        TinyTraining.train(recipe(1, Map.of("lineToWindow", 0.0, "cycle", 0.0)), data, folder.resolve("photos"), false,
                record);
        assertEquals(Set.of("average_precision"), record.steps.get(0).terms().keySet());
        Record posed = new Record();
        TinyTraining.train(recipe(1, Map.of("averagePrecision", 0.0, "cycle", 0.0)), data, folder.resolve("posed"),
                false, posed);
        assertTrue(posed.steps.get(0).terms().containsKey("window_first"));
        assertTrue(Set.of("average_precision", "cycle").stream().noneMatch(posed.steps.get(0).terms()::containsKey));
    }

    /** A network that detects gets rewards for its points on pairs and photos, and its points are aligned on photos. */
    @Test
    void aCompactNetworkIsTrainedWhole() throws IOException, InterruptedException {
        Record record = new Record();
        String recipe = recipe(3, Map.of("reward", 2.0, "posedReward", 2.0, "alignment", 1.0, "dualSoftmax", 0.5,
                "cells", 1.0)).replaceAll("(?s)network:\n.*?weights:",
                "network: {backbone: compact, dimension: 16, width: 4, depth: 1, stride: 4}\nweights:");
        recipe = TinyTraining.with(TinyTraining.with(recipe.replace("side: 48", "side: 64"), "width", 96), "seed", 2)
                .replace("width: 96, depth", "width: 4, depth");
        recipe = TinyTraining.with(recipe, "described", 20);
        TinyTraining.train(recipe, data, folder.resolve("compact"), false, record);
        for (StepReport step : record.steps) {
            for (String term : List.of("window_first", "average_precision", "dual_softmax", "cells", "posed_reinforce", "photo_reinforce",
                    "reprojection", "peak")) {
                assertTrue(step.terms().containsKey(term), term);
            }
            assertTrue(step.terms().get("partners") > 0 && step.terms().get("photo_points") > 0,
                    step.terms().toString());
        }
    }

    @Test
    void rewardsNeedADetector() {
        RecipeException e = assertThrows(RecipeException.class, () -> RecipeFile.parse(
                recipe(1, Map.of("reward", 1.0)), "test"));
        assertTrue(e.getMessage().contains("want a network that detects, and this one does not"), e.getMessage());
    }

    @Test
    void aBrokenOffTrainingGoesOnToTheBit() throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        TrainingListener silent = new TrainingListener() { };
        TinyTraining.train(recipe(4, Map.of()), data, whole, false, silent);
        TinyTraining.train(recipe(2, Map.of()), data, broken, false, silent);
        TinyTraining.train(recipe(4, Map.of()), data, broken, true, silent);
        Map<String, StoredTensor> after = TrainingCheckpoint.read(whole.resolve(Trainer.LAST)).model();
        TrainingCheckpoint.read(broken.resolve(Trainer.LAST)).model().forEach((name, value) ->
                assertArrayEquals(after.get(name).toFloats(), value.toFloats(), name));
    }
}
