package org.tiepoint.objective.hndesc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
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
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.RandomDetector;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.model.PatchDescriber;
import org.tiepoint.model.ScfeatExtractor;
import org.tiepoint.model.TrainedModel;
import org.tiepoint.objective.TrainingData;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.objective.photo.CropValidation;
import org.tiepoint.objective.photo.Photo;
import org.tiepoint.objective.photo.PhotoFolder;
import org.tiepoint.recipe.RecipeException;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;
import org.tiepoint.testing.TinyTraining;
import org.tiepoint.train.Trainer;
import org.tiepoint.train.TrainingListener;

/** HNDesc, tiny, on the photos of three rendered scenes. */
class HndescTrainingTest {
    private static final TrainingListener SILENT = new TrainingListener() { };

    @TempDir
    static Path folder;

    private static TrainingData data;

    @BeforeAll
    static void renders() throws IOException {
        List<Photo> photos = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path scene = folder.resolve("scene" + i);
            List<PosedCollection> scenes = TinyTraining.scenes(scene, 3 + i);
            // scenes have the names of their folders
            photos.addAll(PhotoFolder.ofScenes(folder, scenes, Optional.empty()).stream().map(photo ->
                    new Photo(scene.toString(), photo.name(), photo.file(), photo.copy())).toList());
        }
        data = new TrainingData(List.of(), photos, Optional.empty(), Optional.empty());
    }

    private static String recipe(int steps, String source) throws RecipeException {
        String recipe = RecipeFile.text("hndesc-small");
        Map<String, Object> values = Map.of("dimension", 32, "keypoints", 30, "batch", 3, "steps", steps,
                "validationShare", 0.2, "validateEvery", 8, "source", source, "every", 10, "checkpointEvery", 4);
        for (Map.Entry<String, Object> value : values.entrySet()) {
            recipe = TinyTraining.with(recipe, value.getKey(), value.getValue());
        }
        recipe = recipe.replace("side: 192", "side: 48").replaceAll("decoderWidth(.): \\d+", "decoderWidth$1: 32");
        return TinyTraining.with(recipe, "logEvery", 1);
    }

    private static String patch(int steps) throws RecipeException {
        return recipe(steps, "in-batch").replaceAll("(?s)network:\n.*?data:",
                "network: {backbone: patch, dimension: 16, width: 4}\ndata:");
    }

    private static Map<String, StoredTensor> last(Path out) throws IOException {
        return TrainingCheckpoint.read(out.resolve(Trainer.LAST)).model();
    }

    /** The table of similar photos is part of what is resumed: it is made at step 0 and used from step 10 on. */
    @Test
    void aBrokenOffTrainingWithMinedNegativesGoesOnToTheBit() throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        Path plain = folder.resolve("plain");
        TinyTraining.train(recipe(13, "global"), data, whole, false, SILENT);
        TinyTraining.train(recipe(8, "global"), data, broken, false, SILENT);
        TinyTraining.train(recipe(13, "global"), data, broken, true, SILENT);
        TinyTraining.train(recipe(13, "in-batch"), data, plain, false, SILENT);
        Map<String, StoredTensor> after = last(whole);
        last(broken).forEach((name, value) -> assertArrayEquals(after.get(name).toFloats(), value.toFloats(), name));
        String weight = "descriptor.conv_fine.conv.weight";
        assertFalse(Arrays.equals(after.get(weight).toFloats(), last(plain).get(weight).toFloats()),
                "mined negatives changed nothing");
        float[] similar = after.get("similar.even").toFloats();
        for (float place : similar) {
            assertTrue(place >= -1 && place < data.photos().size(), Arrays.toString(similar));
        }
        assertTrue(similar[0] >= 0, Arrays.toString(similar));
    }

    @Test
    void isValidatedOnHeldOutPhotosAndDescribes() throws IOException, InterruptedException {
        Path out = folder.resolve("patch");
        List<ValidationReport> reports = new ArrayList<>();
        TinyTraining.train(patch(16), data, out, false, new TrainingListener() {
            @Override
            public void validated(ValidationReport report) {
                reports.add(report);
            }
        });
        assertEquals(List.of(0L, 8L, 16L), reports.stream().map(ValidationReport::step).toList());
        double before = reports.get(0).metrics().get(CropValidation.SHARE);
        assertTrue(before > 0 && before < 1, reports.toString());
        Image image = ImageReader.read(data.photos().get(0).file());
        try (Describer describer = TrainedModel.load(out, 100)) {
            assertTrue(describer instanceof PatchDescriber);
            Features features = describer.describe(image, new RandomDetector(0).detect(image, 5));
            assertEquals(16, features.dimension());
            double square = 0;
            for (int i = 0; i < 16; i++) {
                square += Math.pow(features.descriptors()[i], 2);
            }
            assertEquals(1, square, 1e-4);
        }
    }

    @Test
    void aModelOnCapsBackboneDescribes() throws IOException, InterruptedException {
        Path out = folder.resolve("fine");
        TinyTraining.train(recipe(1, "within-pair"), data, out, false, SILENT);
        Image image = ImageReader.read(data.photos().get(0).file());
        assertFalse(TrainedModel.detects(out));
        try (Describer describer = TrainedModel.load(out, 100)) {
            assertTrue(describer instanceof ScfeatExtractor);
            assertEquals(32, describer.describe(image, new RandomDetector(0).detect(image, 5)).dimension());
        }
    }

    @Test
    void aPatchNetworkHasNoEncoderToInitialise() throws IOException {
        Path encoder = Files.createFile(folder.resolve("encoder.safetensors"));
        Path out = folder.resolve("encoder");
        String recipe = patch(1);
        String message = assertThrows(IOException.class, () -> new Trainer(recipe, RecipeFile.parse(recipe, "test"), data,
                new Trainer.Options(out, false, Device.CPU, 1, Optional.of(encoder),
                        Optional.empty()), SILENT).run()).getMessage();
        assertTrue(message.startsWith("the recipe's network has no encoder"), message);
    }
}
