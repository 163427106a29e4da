package org.tiepoint.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.network.LocalBackbone;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.recipe.CompactNetwork;
import org.tiepoint.recipe.MixedRecipe;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;
import org.tiepoint.testing.TinyTraining;

/** A tiny compact network on one rendered scene. */
class FineTuningTest {
    private static final CompactNetwork SHAPE = new CompactNetwork(CompactNetwork.Backbone.COMPACT, 16, 4, 1, 4);

    @TempDir
    static Path folder;

    private static TrainingData data;
    private static MixedRecipe recipe;
    private static Map<String, StoredTensor> initial;

    @BeforeAll
    static void prepare() throws IOException {
        data = TrainingData.ofScenes(folder, TinyTraining.scenes(folder.resolve("scene"), 3));
        String text = RecipeFile.withNetwork(RecipeFile.text("adapt"), "adapt", SHAPE)
                .replace("width: 320", "width: 96").replace("height: 256", "height: 64")
                .replace("side: 192", "side: 64");
        recipe = (MixedRecipe) RecipeFile.parse(text, "test");
        try (LocalBackbone network = SHAPE.create(1, Device.CPU)) {
            initial = stored(network);
        }
    }

    private static Map<String, StoredTensor> stored(LocalBackbone network) {
        return ParameterStore.store(StoredNames.with(StoredNames.DESCRIPTOR, network.parameters().all()));
    }

    /** Keeps what it hears. */
    private static final class Record implements FineTuning.Listener {
        private final List<StepReport> steps = new ArrayList<>();
        private final List<Long> checks = new ArrayList<>();
        private Map<String, StoredTensor> network = Map.of();

        @Override
        public void started(String summary) {
            assertTrue(summary.contains("0 held out") && summary.contains("1 threads"), summary);
        }

        @Override
        public void stepped(StepReport report) {
            steps.add(report);
        }

        @Override
        public void check(LocalBackbone trained, long done) {
            checks.add(done);
            network = stored(trained);
        }
    }

    private static Record run(long steps, double seconds) throws IOException, InterruptedException {
        Record record = new Record();
        new FineTuning(recipe, data, 1).run(initial, folder, new FineTuning.Limit(steps, seconds), record);
        return record;
    }

    @Test
    void weightsMoveAndStatisticsStay() throws IOException, InterruptedException {
        Record record = run(3, Double.POSITIVE_INFINITY);
        initial.forEach((name, value) -> {
            float[] trained = record.network.get(name).toFloats();
            if (name.contains(".running_")) {
                assertArrayEquals(value.toFloats(), trained, name);
            } else {
                assertFalse(Arrays.equals(value.toFloats(), trained), name);
            }
        });
    }

    @Test
    void stepsDecideAlone() throws IOException, InterruptedException {
        Record record = run(6, Double.POSITIVE_INFINITY);
        assertEquals(6, record.steps.size());
        assertEquals(List.of(2L, 4L, 6L), record.checks);
        double least = recipe.optimisation().learningRate();
        for (StepReport step : record.steps) {
            assertTrue(step.learningRate() <= least, "the learning rate falls");
            least = step.learningRate();
        }
        assertEquals(recipe.optimisation().learningRate(), record.steps.get(0).learningRate(), 1e-12);
        assertTrue(record.steps.stream().allMatch(step -> step.terms().containsKey("epipolar_contrast")
                && step.terms().containsKey("dual_softmax")), "pairs and photos");
        Record again = run(6, Double.POSITIVE_INFINITY);
        again.network.forEach((name, value) ->
                assertArrayEquals(record.network.get(name).toFloats(), value.toFloats(), name));
    }

    @Test
    void theTimeEndsIt() throws IOException, InterruptedException {
        Record record = run(1_000_000, 1e-9);
        assertEquals(1, record.steps.size());
        assertEquals(List.of(1L), record.checks);
    }

    @Test
    void limitsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new FineTuning.Limit(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new FineTuning.Limit(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new FineTuning(recipe, data, 0));
    }
}
