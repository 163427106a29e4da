package org.tiepoint.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.detector.ScoreNetwork;
import org.tiepoint.network.DescriptorMaps;
import org.tiepoint.network.Encoder;
import org.tiepoint.network.FeatureBackbone;
import org.tiepoint.network.FeatureMaps;
import org.tiepoint.network.FineBackbone;
import org.tiepoint.network.FusionNetwork;
import org.tiepoint.network.PatchNet;
import org.tiepoint.network.ResUNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.onnx.ModelCard;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.testing.OnnxRules;
import org.tiepoint.testing.OnnxSession;
import org.tiepoint.testing.RandomParameters;

/** Networks with random values give the same maps in ONNX Runtime as in libtorch. */
class ModelExportTest {
    /** Largest difference, as a share of the map's largest value. */
    private static final double TOLERANCE = 1e-4;
    private static final ModelExport.Origin ORIGIN = ModelExport.Origin.released("test",
            new ModelExport.Statement("three photos", "CC0-1.0", "mutual", List.of(1.0)));
    private static final int[][] MULTIPLES = {{1, 48, 64}, {2, 16, 80}, {3, 48, 16}};
    private static final int[][] ANY_SIZE = {{2, 33, 50}, {1, 63, 17}, {3, 21, 32}};

    @TempDir
    private Path folder;

    /** Every network, by libtorch: outputs by name. */
    private interface Torch extends Function<Tensor, Map<String, Tensor>> {}

    private static void assertParity(ModelExport export, Torch network, int[]... sizes)
            throws IOException, OrtException {
        byte[] file = bytes(export);
        assertEquals(List.of(), OnnxRules.broken(file));
        try (OnnxSession session = new OnnxSession(file)) {
            for (int[] size : sizes) {
                assertParity(session, network, size);
            }
        }
    }

    private static void assertParity(OnnxSession session, Torch network, int... size) throws OrtException {
        float[] rgb = new float[3 * size[0] * size[1] * size[2]];
        SplittableRandom random = new SplittableRandom(rgb.length);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (float) random.nextDouble();
        }
        Map<String, OnnxSession.Output> actual = session.run(rgb, size[0], 3, size[1], size[2]);
        try (TensorScope scope = new TensorScope(); NoGradient noGradient = new NoGradient()) {
            Tensor mean = Tensor.of(new float[] {0.485f, 0.456f, 0.406f}, 3, 1, 1);
            Tensor deviation = Tensor.of(new float[] {0.229f, 0.224f, 0.225f}, 3, 1, 1);
            Map<String, Tensor> expected = network.apply(
                    Tensor.of(rgb, size[0], 3, size[1], size[2]).sub(mean).div(deviation));
            assertEquals(expected.keySet(), actual.keySet());
            expected.forEach((name, map) -> {
                String what = name + " of " + size[0] + "x" + size[1] + "x" + size[2];
                assertArrayEquals(map.shape(), actual.get(name).shape(), what);
                assertNear(map.toFloats(), actual.get(name).values(), what);
            });
        }
    }

    private static void assertNear(float[] expected, float[] actual, String what) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
            assertTrue(Float.isFinite(actual[i]), what);
        }
        assertTrue(largest > 1e-3 && difference <= TOLERANCE * largest, what + " differs by " + difference / largest);
    }

    private static byte[] bytes(ModelExport export) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export.graph().write(out, "test", Map.of());
        return out.toByteArray();
    }

    private static ResUNet resUNet(Encoder encoder) {
        ResUNet network = new ResUNet(new ResUNet.Options(encoder, 12, 20, 24, 16, false), 3, Device.CPU);
        RandomParameters.moveVectors(network.parameters(), 0.2);
        return network;
    }

    private static FusionNetwork fusion() {
        FusionNetwork network = new FusionNetwork(new FusionNetwork.Options(Encoder.RESNET18, 32, 64, 32, false), 4,
                Device.CPU);
        RandomParameters.moveVectors(network.parameters(), 0.2);
        return network;
    }

    private static ScfeatModel model(FeatureBackbone backbone, boolean peakiness) {
        ScoreNetwork detector = new ScoreNetwork(new ScoreNetwork.Options(
                backbone.dimension() + FeatureBackbone.SHALLOW_CHANNELS, 8, 4, 6, peakiness), 5, Device.CPU);
        RandomParameters.moveVectors(detector.parameters(), 0.2);
        return new ScfeatModel(backbone, Optional.of(detector));
    }

    private static Torch torch(ScfeatModel model) {
        return images -> {
            FeatureMaps maps = model.backbone().features(images, false);
            Map<String, Tensor> outputs = new LinkedHashMap<>();
            outputs.put("descriptors", maps.descriptors());
            model.detector().ifPresent(detector -> outputs.put("scores", detector.apply(maps, images)));
            return outputs;
        };
    }

    @Test
    void capsGivesTheSameMaps() throws Exception {
        try (ResUNet network = resUNet(Encoder.RESNET50)) {
            ModelExport export = ModelExport.of(network, ORIGIN);
            Torch torch = images -> {
                DescriptorMaps maps = network.apply(images, false);
                return Map.of("coarse", maps.coarse(), "fine", maps.fine());
            };
            assertParity(export, torch, MULTIPLES);
            assertParity(export, torch, ANY_SIZE);
            ModelCard card = export.card();
            assertEquals(List.of(new ModelCard.MapOutput("coarse", 12, 16), new ModelCard.MapOutput("fine", 20, 4)),
                    card.descriptors().maps());
            assertEquals(32, card.descriptors().dimension());
            assertEquals(ModelCard.Sampling.CORNERS_ALIGNED, card.descriptors().sampling());
        }
    }

    @Test
    void scfeatGivesTheSameDescriptorsAndScores() throws Exception {
        try (ScfeatModel model = model(fusion(), true)) {
            ModelExport export = ModelExport.of(model, ORIGIN);
            assertParity(export, torch(model), MULTIPLES);
            assertTrue(export.card().detects());
            byte[] file = bytes(export);
            try (OnnxSession session = new OnnxSession(file)) {
                assertThrows(OrtException.class, () -> session.run(new float[3 * 33 * 50], 1, 3, 33, 50));
            }
        }
    }

    @Test
    void posfeatGivesTheSameDescriptorsAndScores() throws Exception {
        try (ScfeatModel model = model(new FineBackbone(resUNet(Encoder.RESNET18)), false)) {
            assertParity(ModelExport.of(model, ORIGIN), torch(model), MULTIPLES);
        }
    }

    @Test
    void aDescriptorAloneTakesAnySize() throws Exception {
        try (ScfeatModel model = new ScfeatModel(fusion(), Optional.empty());
                ScfeatModel fine = new ScfeatModel(new FineBackbone(resUNet(Encoder.RESNET34)), Optional.empty())) {
            assertParity(ModelExport.of(model, ORIGIN), torch(model), ANY_SIZE);
            assertParity(ModelExport.of(fine, ORIGIN), torch(fine), ANY_SIZE);
        }
    }

    @Test
    void patchNetGivesTheSameDescriptors() throws Exception {
        try (PatchNet network = new PatchNet(new PatchNet.Options(16, 4), 6, Device.CPU)) {
            RandomParameters.moveVectors(network.parameters(), 0.2);
            ModelExport export = ModelExport.of(network, ORIGIN);
            Torch torch = images -> Map.of("descriptors", network.describe(images, false));
            assertParity(export, torch, MULTIPLES);
            assertParity(export, torch, ANY_SIZE);
            assertEquals(1, export.card().descriptors().maps().get(0).stride());
        }
    }

    @Test
    void filesOfEveryKindAreExportedWithTheirCard() throws Exception {
        try (ResUNet network = resUNet(Encoder.RESNET18); PatchNet patch = new PatchNet(new PatchNet.Options(16, 4), 6,
                Device.CPU); ScfeatModel model = model(fusion(), true)) {
            String recipe = RecipeFile.text("caps-small").replace("coarseDimension: 128", "coarseDimension: 12")
                    .replace("fineDimension: 128", "fineDimension: 20").replace("decoderWidth8: 256",
                    "decoderWidth8: 24").replace("decoderWidth4: 128", "decoderWidth4: 16");
            assertExported("caps", write("caps", network.parameters().all(), recipe), "caps", 32);
            assertExported("patch", write("patch", StoredNames.with(StoredNames.DESCRIPTOR, patch.parameters().all()),
                    RecipeFile.text("hndesc")), "hndesc", 16);
            assertExported("scfeat", write("scfeat", model.tensors(), RecipeFile.text("scfeat-detector-small")),
                    "scfeat-detector", 32);
        }
    }

    private void assertExported(String name, Path checkpoint, String method, int dimension) throws Exception {
        Path onnx = folder.resolve(name + ".onnx");
        Path json = folder.resolve(name + ".json");
        ModelExport.of(checkpoint, ORIGIN.statement()).write(onnx, json, "1.0");
        try (OnnxSession session = new OnnxSession(Files.readAllBytes(onnx))) {
            String inside = session.metadata().get(ModelCard.METADATA_KEY);
            assertEquals(Files.readString(json), inside);
            ModelCard card = ModelCard.parse(inside, "inside");
            assertEquals(method, card.method());
            assertEquals(dimension, card.descriptors().dimension());
            assertEquals("three photos", card.training().data());
            assertEquals("3 photos, hash ff", card.training().counts());
            assertEquals(7, card.training().steps());
            assertTrue(card.training().recipe().contains("method: " + method), card.training().recipe());
            assertEquals("mutual", card.matcher());
            assertEquals("CC0-1.0", card.licence());
        }
    }

    private Path write(String name, Map<String, Tensor> tensors, String recipe) throws IOException {
        Path file = folder.resolve(name + ".safetensors");
        new TrainingCheckpoint(7, 1, recipe, Map.of(), Map.of("data", "3 photos, hash ff"),
                ParameterStore.store(tensors), Map.of()).write(file);
        return file;
    }
}
