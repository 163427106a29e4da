package org.tiepoint.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.checkpoint.CheckpointException;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.detector.ScoreNetwork;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.KeypointSelection;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.image.Image;
import org.tiepoint.network.Encoder;
import org.tiepoint.network.FeatureBackbone;
import org.tiepoint.network.FineBackbone;
import org.tiepoint.network.FusionNetwork;
import org.tiepoint.network.ResUNet;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;

class ScfeatExtractorTest {
    private static final ScfeatExtractor.Options OPTIONS = ScfeatExtractor.Options.of(50);

    @TempDir
    private Path folder;

    private static FusionNetwork fusion() {
        return new FusionNetwork(new FusionNetwork.Options(Encoder.RESNET18, 32, 64, 32, false), 1, Device.CPU);
    }

    private static ScoreNetwork detector(int channels) {
        return new ScoreNetwork(new ScoreNetwork.Options(channels, 8, 4, 6, true), 2, Device.CPU);
    }

    private static ScfeatModel model() {
        return new ScfeatModel(fusion(), Optional.of(detector(32 + FeatureBackbone.SHALLOW_CHANNELS)));
    }

    private static Image noise(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) random.nextInt(256);
        }
        return new Image(width, height, rgb);
    }

    @Test
    void pointsAreInsideImagesOfAnySize() {
        try (ScfeatExtractor extractor = new ScfeatExtractor(model(), OPTIONS)) {
            for (int[] size : new int[][] {{64, 48}, {65, 47}, {17, 90}, {5, 5}, {16, 1}}) {
                assertPointsInside(extractor.extract(noise(size[0], size[1])), size[0], size[1]);
            }
        }
    }

    private static void assertPointsInside(Features features, int width, int height) {
        Keypoints points = features.keypoints();
        assertTrue(points.count() <= 50);
        assertTrue(points.count() > 0 || Math.min(width, height) < 3);
        assertEquals(32, features.dimension());
        for (int i = 0; i < points.count(); i++) {
            assertTrue(points.x(i) > 0 && points.x(i) < width - 1);
            assertTrue(points.y(i) > 0 && points.y(i) < height - 1);
            double length = 0;
            for (int j = 0; j < 32; j++) {
                length += Math.pow(features.descriptors()[32 * i + j], 2);
            }
            assertEquals(1, length, 1e-5);
        }
    }

    @Test
    void extractingIsDetectingThenDescribing() {
        try (ScfeatExtractor extractor = new ScfeatExtractor(model(), OPTIONS)) {
            Image image = noise(70, 50);
            Features features = extractor.extract(image);
            Keypoints detected = extractor.detect(image, 50);
            assertArrayEquals(detected.xy(), features.keypoints().xy());
            assertArrayEquals(extractor.describe(image, detected).descriptors(), features.descriptors());
            assertArrayEquals(Arrays.copyOf(detected.xy(), 20), extractor.detect(image, 10).xy());
            assertEquals(0, extractor.describe(image, Keypoints.ofPositions(new float[0])).descriptors().length);
        }
    }

    @Test
    void largerImagesAreReducedAndTheirPointsScaledBack() {
        ScfeatExtractor.Options small = new ScfeatExtractor.Options(64, 500, KeypointSelection.Options.defaults());
        try (ScfeatExtractor extractor = new ScfeatExtractor(model(), small)) {
            ScoreMap scores = extractor.scores(noise(256, 128));
            assertEquals(64, scores.width());
            assertEquals(32, scores.height());
            Keypoints points = extractor.detect(noise(256, 128), 500);
            double right = 0;
            for (int i = 0; i < points.count(); i++) {
                right = Math.max(right, points.x(i));
            }
            assertTrue(right > 200 && right < 255, "right " + right);
            // 8 pixels of the reduced image
            assertEquals(32, points.sizes()[0]);
            assertEquals(8, extractor.detect(noise(60, 40), 500).sizes()[0]);
        }
    }

    @Test
    void aThresholdDropsPointsAndABlackImageHasFiniteScores() {
        ScfeatExtractor.Options above = new ScfeatExtractor.Options(1024, 50,
                new KeypointSelection.Options(1, OptionalDouble.of(1e6)));
        try (ScfeatExtractor extractor = new ScfeatExtractor(model(), above)) {
            assertEquals(0, extractor.extract(noise(64, 48)).keypoints().count());
            for (float score : extractor.scores(new Image(64, 48, new byte[3 * 64 * 48])).values()) {
                assertTrue(Float.isFinite(score));
            }
        }
    }

    @Test
    void checkpointsOfBothBackbonesLoad() throws IOException {
        Image image = noise(64, 48);
        try (ScfeatModel made = model(); ScfeatExtractor loaded = ScfeatExtractor.load(write(made), OPTIONS)) {
            assertTrue(loaded.detects());
            try (ScfeatExtractor same = new ScfeatExtractor(model(), OPTIONS)) {
                assertArrayEquals(same.extract(image).descriptors(), loaded.extract(image).descriptors());
            }
        }
        ResUNet.Options caps = new ResUNet.Options(Encoder.RESNET18, 4, 16, 12, 10, false);
        FineBackbone fine = new FineBackbone(caps, 1, Device.CPU);
        try (ScfeatModel posfeat = new ScfeatModel(fine, Optional.of(detector(16 + 64)));
                ScfeatExtractor loaded = ScfeatExtractor.load(write(posfeat), OPTIONS)) {
            assertEquals(16, loaded.dimension());
            assertTrue(loaded.extract(image).keypoints().count() > 0);
        }
    }

    @Test
    void theRecipeSaysWhetherPeakinessIsUsed() throws IOException {
        String recipe = RecipeFile.text("scfeat-detector-small");
        try (ScfeatModel made = model()) {
            Map<String, StoredTensor> tensors = ParameterStore.store(made.tensors());
            for (boolean peakiness : new boolean[] {true, false}) {
                Path file = write(tensors, recipe.replace("peakiness: true", "peakiness: " + peakiness));
                try (ScfeatModel loaded = ScfeatModel.load(file, Device.CPU)) {
                    assertEquals(peakiness, loaded.detector().orElseThrow().options().peakiness());
                }
            }
        }
    }

    /** After the first stage there are descriptors alone. */
    @Test
    void aModelWithoutADetectorDescribesOnly() throws IOException {
        try (ScfeatModel made = new ScfeatModel(fusion(), Optional.empty());
                ScfeatExtractor loaded = ScfeatExtractor.load(write(made), OPTIONS)) {
            assertFalse(loaded.detects());
            assertEquals(2, loaded.describe(noise(64, 48), Keypoints.ofPositions(new float[] {3, 4, 10, 20}))
                    .keypoints().count());
            assertTrue(assertThrows(IllegalStateException.class, () -> loaded.extract(noise(64, 48))).getMessage()
                    .startsWith("the model has no detector"));
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        try (ScfeatModel made = model()) {
            Map<String, StoredTensor> tensors = ParameterStore.store(made.tensors());
            Map<String, StoredTensor> caps = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> caps.put(name.substring(name.indexOf('.') + 1), tensor));
            Path other = write(caps);
            assertEquals(other + ", conv_fine.conv.weight: is missing: this is no SCFeat or PoSFeat model; give one of"
                    + " tiepoint train, or a folder with the released backbone.pth and localheader.pth",
                    assertThrows(CheckpointException.class, () -> ScfeatModel.load(other, Device.CPU)).getMessage());
            tensors.remove("detector.conv3.bias");
            Path damaged = write(tensors);
            assertTrue(assertThrows(CheckpointException.class, () -> ScfeatModel.load(damaged, Device.CPU))
                    .getMessage().startsWith(damaged + ", conv3.bias: is missing"));
        }
        assertTrue(assertThrows(IOException.class, () -> ScfeatModel.load(folder.resolve("none"), Device.CPU))
                .getMessage().contains("none"));
        assertThrows(IllegalArgumentException.class, () -> new ScfeatModel(fusion(), Optional.of(detector(95))));
    }

    @Test
    void aClosedExtractorSaysSo() {
        ScfeatExtractor extractor = new ScfeatExtractor(model(), OPTIONS);
        extractor.close();
        assertThrows(IllegalStateException.class, () -> extractor.extract(noise(32, 32)));
    }

    @Test
    void optionsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> ScfeatExtractor.Options.of(0));
        assertThrows(IllegalArgumentException.class,
                () -> new ScfeatExtractor.Options(63, 10, KeypointSelection.Options.defaults()));
    }

    private Path write(ScfeatModel model) throws IOException {
        return write(ParameterStore.store(model.tensors()));
    }

    private Path write(Map<String, StoredTensor> tensors) throws IOException {
        return write(tensors, RecipeFile.text("scfeat-detector-small"));
    }

    private Path write(Map<String, StoredTensor> tensors, String recipe) throws IOException {
        Path file = folder.resolve(tensors.size() + ".safetensors");
        new TrainingCheckpoint(1, 1, recipe, Map.of(), Map.of(), tensors, Map.of()).write(file);
        return file;
    }
}
