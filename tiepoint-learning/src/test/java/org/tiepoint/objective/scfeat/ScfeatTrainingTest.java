package org.tiepoint.objective.scfeat;

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
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.recipe.RecipeException;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;
import org.tiepoint.testing.TinyTraining;
import org.tiepoint.train.StepReport;
import org.tiepoint.train.Trainer;
import org.tiepoint.train.TrainingListener;

/** Both stages of SCFeat, tiny, on one rendered scene. */
class ScfeatTrainingTest {
    private static final int STEPS = 6;

    @TempDir
    static Path folder;

    private static List<PosedCollection> scenes;
    private static Path descriptor;
    private static final List<ValidationReport> REPORTS = new ArrayList<>();

    @BeforeAll
    static void trainsTheDescriptor() throws IOException, InterruptedException {
        scenes = TinyTraining.scenes(folder.resolve("scenes"), 3);
        descriptor = folder.resolve("descriptor");
        train("scfeat-descriptor-small", STEPS, descriptor, false, Optional.empty(), new TrainingListener() {
            @Override
            public void validated(ValidationReport report) {
                REPORTS.add(report);
            }
        });
    }

    private static void train(String name, int steps, Path out, boolean resume, Optional<Path> initial,
            TrainingListener listener) throws IOException, InterruptedException {
        String recipe = tiny(name, steps);
        new Trainer(recipe, RecipeFile.parse(recipe, name), TrainingData.ofScenes(folder, scenes),
                new Trainer.Options(out, resume, Device.CPU, 1, Optional.empty(), initial), listener).run();
    }

    private static String tiny(String name, int steps) throws RecipeException {
        String recipe = RecipeFile.text(name);
        Map<String, Object> values = Map.of("dimension", 32, "decoderWidth8", 32, "decoderWidth4", 32, "width",
                TinyTraining.WIDTH, "height", TinyTraining.HEIGHT, "batch", 1, "steps", steps, "validationShare", 0.2,
                "validateEvery", 3, "checkpointEvery", 2);
        for (Map.Entry<String, Object> value : values.entrySet()) {
            recipe = TinyTraining.with(recipe, value.getKey(), value.getValue());
        }
        if (name.contains("detector")) {
            recipe = TinyTraining.with(recipe, "featureChannels", 96);
            recipe = TinyTraining.with(recipe, "featureWidth", 8);
            recipe = TinyTraining.with(recipe, "imageWidth", 8);
            recipe = TinyTraining.with(recipe, "jointWidth", 8);
        }
        return TinyTraining.with(recipe, "logEvery", 1);
    }

    private static Map<String, StoredTensor> last(Path out) throws IOException {
        return TrainingCheckpoint.read(out.resolve(Trainer.LAST)).model();
    }

    @Test
    void theDescriptorIsValidatedByEpipolarLines() {
        assertEquals(List.of(0L, 3L, 6L), REPORTS.stream().map(ValidationReport::step).toList());
        for (ValidationReport report : REPORTS) {
            double share = report.metrics().get("shareUnder5");
            assertTrue(share > 0 && share <= 1, report.toString());
            assertTrue(report.metrics().get("medianPixels") > 0, report.toString());
        }
    }

    @Test
    void theDetectorIsTrainedOnAFrozenDescriptor() throws IOException, InterruptedException {
        Path detector = folder.resolve("detector");
        List<StepReport> steps = new ArrayList<>();
        train("scfeat-detector-small", 4, detector, false, Optional.of(descriptor), new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
                steps.add(report);
            }

            @Override
            public void validated(ValidationReport report) {
                assertTrue(report.metrics().get(ScfeatDetectorObjective.CORRECT) >= 0, report.toString());
                assertTrue(report.metrics().get(ScfeatDetectorObjective.SHARE) <= 1, report.toString());
            }
        });
        assertTrue(steps.stream().allMatch(step -> step.terms().get("points") > 0), steps.toString());
        Map<String, StoredTensor> frozen = TrainingCheckpoint.read(descriptor.resolve(Trainer.BEST)).model();
        Map<String, StoredTensor> after = last(detector);
        frozen.forEach((name, value) -> assertArrayEquals(value.toFloats(), after.get(name).toFloats(), name));
        String weight = StoredNames.DETECTOR + "conv1.weight";
        Path again = folder.resolve("again");
        train("scfeat-detector-small", 2, again, false, Optional.of(descriptor), new TrainingListener() { });
        assertFalse(Arrays.equals(last(again).get(weight).toFloats(), after.get(weight).toFloats()));
        train("scfeat-detector-small", 4, again, true, Optional.of(descriptor), new TrainingListener() { });
        last(again).forEach((name, value) -> assertArrayEquals(after.get(name).toFloats(), value.toFloats(), name));
    }

    @Test
    void theSecondStageNeedsTheFirst() {
        String message = assertThrows(IOException.class, () -> train("scfeat-detector-small", 2, folder.resolve("alone"),
                false, Optional.empty(), new TrainingListener() { })).getMessage();
        assertEquals("the method scfeat-detector starts from the weights of an earlier stage: give its training's folder"
                + " with --initial", message);
    }

    @Test
    void aBrokenOffDescriptorGoesOnToTheBit() throws IOException, InterruptedException {
        Path out = folder.resolve("broken");
        train("scfeat-descriptor-small", 2, out, false, Optional.empty(), new TrainingListener() { });
        train("scfeat-descriptor-small", STEPS, out, true, Optional.empty(), new TrainingListener() { });
        Map<String, StoredTensor> unbroken = last(descriptor);
        last(out).forEach((name, value) -> assertArrayEquals(unbroken.get(name).toFloats(), value.toFloats(), name));
    }
}
