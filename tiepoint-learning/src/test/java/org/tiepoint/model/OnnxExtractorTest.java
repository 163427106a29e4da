package org.tiepoint.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.checkpoint.CheckpointException;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.detector.ScoreNetwork;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.ExtractorContractTest;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.GridDetector;
import org.tiepoint.feature.KeypointSelection;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.ScoreMap;
import org.tiepoint.graph.Dimension;
import org.tiepoint.graph.Graph;
import org.tiepoint.image.Image;
import org.tiepoint.image.TestImages;
import org.tiepoint.network.Encoder;
import org.tiepoint.network.FeatureBackbone;
import org.tiepoint.network.FusionNetwork;
import org.tiepoint.network.PatchNet;
import org.tiepoint.network.ResUNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.onnx.ModelCard;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Tensor;

/** Exported models give in ONNX Runtime what the checkpoints give in libtorch, from image to features. */
class OnnxExtractorTest extends ExtractorContractTest {
    /** Sides that need padding; smaller than CAPS's least side; larger than the limits below. */
    private static final int[][] SIZES = {{150, 97}, {70, 40}, {330, 210}};

    @TempDir
    static Path folder;

    private static Path caps;
    private static Path patch;
    private static Path scfeat;

    @BeforeAll
    static void write() throws IOException {
        try (ResUNet network = new ResUNet(new ResUNet.Options(Encoder.RESNET18, 12, 20, 24, 16, false), 3, Device.CPU);
                PatchNet small = new PatchNet(new PatchNet.Options(16, 4), 6, Device.CPU);
                ScfeatModel model = new ScfeatModel(new FusionNetwork(new FusionNetwork.Options(Encoder.RESNET18, 32,
                        64, 32, false), 4, Device.CPU), Optional.of(new ScoreNetwork(new ScoreNetwork.Options(
                        32 + FeatureBackbone.SHALLOW_CHANNELS, 8, 4, 6, true), 5, Device.CPU)))) {
            caps = write("caps", network.parameters().all(), RecipeFile.text("caps-small")
                    .replace("coarseDimension: 128", "coarseDimension: 12").replace("fineDimension: 128",
                            "fineDimension: 20").replace("decoderWidth8: 256", "decoderWidth8: 24")
                    .replace("decoderWidth4: 128", "decoderWidth4: 16"));
            patch = write("patch", StoredNames.with(StoredNames.DESCRIPTOR, small.parameters().all()),
                    RecipeFile.text("hndesc"));
            scfeat = write("scfeat", model.tensors(), RecipeFile.text("scfeat-detector-small"));
        }
    }

    private static Path write(String name, Map<String, Tensor> tensors, String recipe) throws IOException {
        Path file = folder.resolve(name + ".safetensors");
        new TrainingCheckpoint(1, 1, recipe, Map.of(), Map.of(), ParameterStore.store(tensors), Map.of()).write(file);
        ModelExport.of(file, ModelExport.Statement.none()).write(onnx(file), folder.resolve(name + ".json"), "test");
        return file;
    }

    private static Path onnx(Path checkpoint) {
        return folder.resolve(checkpoint.getFileName().toString().replace(".safetensors", ".onnx"));
    }

    @Override
    protected Extractor extractor(int maxKeypoints) {
        try {
            return OnnxExtractor.load(onnx(scfeat), OnnxExtractor.Options.of(maxKeypoints));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void describesAsLibtorchDoes() throws IOException {
        for (Path checkpoint : new Path[] {caps, patch, scfeat}) {
            try (Describer expected = TrainedModel.load(checkpoint, 10);
                    Describer actual = TrainedModel.load(onnx(checkpoint), 10)) {
                assertInstanceOf(OnnxExtractor.class, actual);
                assertEquals(expected.dimension(), actual.dimension());
                for (int[] size : SIZES) {
                    Image image = TestImages.blobs(size[0], size[1], 3);
                    Keypoints points = new GridDetector().detect(image, 60);
                    assertArrayEquals(expected.describe(image, points).descriptors(),
                            actual.describe(image, points).descriptors(), 1e-4f, checkpoint + " at " + size[0]);
                }
            }
        }
    }

    /** Images above the limit are reduced, which moves points around pixel centres. */
    @Test
    void detectsAsLibtorchDoes() throws IOException {
        KeypointSelection.Options selection = KeypointSelection.Options.defaults();
        for (int limit : new int[] {64, 1024}) {
            try (ScfeatExtractor expected = ScfeatExtractor.load(scfeat, new ScfeatExtractor.Options(limit, 80,
                    selection)); OnnxExtractor actual = OnnxExtractor.load(onnx(scfeat), new OnnxExtractor.Options(80,
                    OptionalInt.of(limit), selection))) {
                for (int[] size : SIZES) {
                    Image image = TestImages.blobs(size[0], size[1], 3);
                    ScoreMap scores = expected.scores(image);
                    ScoreMap found = actual.scores(image);
                    assertEquals(scores.width(), found.width());
                    float greatest = 0;
                    for (float score : scores.values()) {
                        greatest = Math.max(greatest, score);
                    }
                    assertArrayEquals(scores.values(), found.values(), 1e-4f * greatest);
                    assertSamePoints(expected.detect(image, 80), actual.detect(image, 80));
                    Features features = actual.extract(image);
                    assertArrayEquals(actual.describe(image, features.keypoints()).descriptors(),
                            features.descriptors());
                }
            }
        }
    }

    /** Rounding may swap points of nearly equal scores, and those at the end of the list. */
    private static void assertSamePoints(Keypoints expected, Keypoints actual) {
        assertEquals(expected.count(), actual.count());
        int same = 0;
        for (int i = 0; i < expected.count(); i++) {
            for (int j = 0; j < actual.count(); j++) {
                boolean near = Math.hypot(expected.x(i) - actual.x(j), expected.y(i) - actual.y(j)) < 0.02;
                same += near && expected.sizes()[i] == actual.sizes()[j] ? 1 : 0;
            }
        }
        assertTrue(expected.count() > 5 && same >= 0.95 * expected.count(), same + " of " + expected.count());
    }

    @Test
    void aModelWithoutADetectorDescribesOnly() throws IOException {
        try (OnnxExtractor extractor = OnnxExtractor.load(onnx(caps), OnnxExtractor.Options.of(5))) {
            assertFalse(extractor.detects());
            assertFalse(TrainedModel.detects(onnx(caps)));
            assertTrue(TrainedModel.detects(onnx(scfeat)));
            assertTrue(assertThrows(IllegalStateException.class, () -> extractor.extract(image)).getMessage()
                    .startsWith("the model has no detector"));
            assertEquals(0, extractor.describe(image, Keypoints.ofPositions(new float[0])).descriptors().length);
            assertEquals(1600, extractor.card().maxSide());
        }
        assertThrows(CheckpointException.class, () -> TrainedModel.loadDetector(onnx(caps)));
        try (var detector = TrainedModel.loadDetector(onnx(scfeat))) {
            assertEquals(7, detector.detect(image, 7).count());
        }
    }

    @Test
    void filesThatAreNotExportedAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "no network");
        assertRefused(text, "is it a whole .onnx file?");
        assertRefused(folder.resolve("missing.onnx"), "missing.onnx");
        byte[] whole = Files.readAllBytes(onnx(patch));
        assertRefused(Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2)),
                "cut.onnx");
        assertRefused(Files.write(folder.resolve("bare.onnx"), graph(Map.of())), "no model card");
        String card = Files.readString(folder.resolve("patch.json"));
        assertRefused(Files.write(folder.resolve("other.onnx"), graph(Map.of(ModelCard.METADATA_KEY, card))),
                "its card says image and [descriptors]");
        assertRefused(Files.write(folder.resolve("later.onnx"), graph(Map.of(ModelCard.METADATA_KEY,
                card.replace("\"format\" : 1", "\"format\" : 2")))), "format is 2");
        assertTrue(assertThrows(IOException.class, () -> ModelExport.of(onnx(caps), ModelExport.Statement.none()))
                .getMessage().contains("is exported already"));
    }

    private static void assertRefused(Path file, String said) {
        String message = assertThrows(IOException.class,
                () -> OnnxExtractor.load(file, OnnxExtractor.Options.of(1))).getMessage();
        assertTrue(message.startsWith(file.toString()) && message.contains(said), message);
    }

    private static byte[] graph(Map<String, String> metadata) throws IOException {
        Graph graph = new Graph("other");
        Dimension[] shape = {Dimension.named("a"), Dimension.of(3), Dimension.named("b"), Dimension.named("c")};
        graph.output("y", graph.input("x", shape).relu(), shape);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        graph.write(out, "test", metadata);
        return out.toByteArray();
    }

    @Test
    void aClosedExtractorSaysSo() throws IOException {
        OnnxExtractor extractor = OnnxExtractor.load(onnx(patch), OnnxExtractor.Options.of(1));
        extractor.close();
        extractor.close();
        assertThrows(IllegalStateException.class, () -> extractor.describe(image, Keypoints.ofPositions(
                new float[] {1, 2})));
    }

    @Test
    void optionsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> OnnxExtractor.Options.of(0));
        assertThrows(IllegalArgumentException.class, () -> new OnnxExtractor.Options(1, OptionalInt.of(63),
                KeypointSelection.Options.defaults()));
        assertThrows(IllegalArgumentException.class, () -> OnnxExtractor.Options.of(1).withThreads(0));
    }
}
