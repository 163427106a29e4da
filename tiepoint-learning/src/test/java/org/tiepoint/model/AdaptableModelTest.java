package org.tiepoint.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.network.CompactNet;
import org.tiepoint.network.PatchNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.onnx.EmbeddedModel;
import org.tiepoint.onnx.ModelCard;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.testing.OnnxSession;
import org.tiepoint.testing.RandomParameters;

class AdaptableModelTest {
    @TempDir
    private Path folder;

    private Path exported(CompactNet network) throws IOException {
        RandomParameters.moveVectors(network.parameters(), 0.4);
        Path file = folder.resolve("first.onnx");
        ModelExport.of(network, ModelExport.Origin.released("mixed", new ModelExport.Statement("three photos",
                "CC0-1.0", "ratio,ratio=0.9", List.of(1.0, 0.5)))).write(file, folder.resolve("first.json"), "test");
        return file;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"COMPACT_S_INT8", "COMPACT_M_INT8"})
    void everyEmbeddedModelGoesOnLearning(EmbeddedModel embedded) throws IOException {
        AdaptableModel model = AdaptableModel.load(embedded);
        assertEquals(embedded.card(), model.card());
        assertEquals(model.card().descriptors().dimension(), model.network().dimension());
    }

    private static Map<String, OnnxSession.Output> run(Path file) throws IOException, OrtException {
        float[] rgb = new float[2 * 3 * 64 * 96];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (float) random.nextDouble();
        }
        try (OnnxSession session = new OnnxSession(Files.readAllBytes(file))) {
            return session.run(rgb, 2, 3, 64, 96);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPACT_S_INT8", "COMPACT_M_INT8"})
    void whatIsRoundedDoesNot(EmbeddedModel embedded) {
        String message = assertThrows(IOException.class, () -> AdaptableModel.load(embedded)).getMessage();
        assertTrue(message.contains("its weights are rounded to 8 bits: name the model"), message);
    }

    @Test
    void betweenTwoNetworksLieTheirWeights() throws IOException {
        CompactNet.Options shape = new CompactNet.Options(16, 4, 1, 4);
        Path first;
        try (CompactNet network = new CompactNet(shape, 5, Device.CPU)) {
            first = exported(network);
        }
        AdaptableModel model = AdaptableModel.load(first);
        try (CompactNet trained = new CompactNet(shape, 5, Device.CPU)) {
            ParameterStore.assign(StoredNames.with(StoredNames.DESCRIPTOR, trained.parameters().all()),
                    model.weights(), first);
            // what folding makes of a bias is linear in it
            Tensor bias = trained.parameters().all().get("score.bias");
            Tensor moved = bias.add(2);
            try (NoGradient noGradient = new NoGradient()) {
                bias.assign(moved);
            }
            for (double share : new double[] {0, 0.25, 1}) {
                Path file = folder.resolve("between.onnx");
                model.exportBetween(trained, share, model.card().training()).write(file,
                        folder.resolve("between.json"), "test");
                float[] expected = model.weights().get(StoredNames.DESCRIPTOR + "score.bias").toFloats();
                for (int i = 0; i < expected.length; i++) {
                    expected[i] += (float) (2 * share);
                }
                assertArrayEquals(expected, AdaptableModel.load(file).weights().get(StoredNames.DESCRIPTOR
                        + "score.bias").toFloats(), 1e-6f);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 4, 1, 4", "24, 6, 3, 8"})
    void thereAndBackGivesTheSame(int dimension, int width, int depth, int stride) throws IOException, OrtException {
        try (CompactNet network = new CompactNet(new CompactNet.Options(dimension, width, depth, stride), 5,
                Device.CPU)) {
            Path first = exported(network);
            AdaptableModel model = AdaptableModel.load(first);
            assertEquals(network.options(), new CompactNet.Options(model.network().dimension(),
                    model.network().width(), model.network().depth(), model.network().stride()));
            Path second = folder.resolve("second.onnx");
            model.export().write(second, folder.resolve("second.json"), "test");
            assertEquals(Files.readString(folder.resolve("first.json")),
                    Files.readString(folder.resolve("second.json")));
            Map<String, OnnxSession.Output> expected = run(first);
            Map<String, OnnxSession.Output> actual = run(second);
            assertEquals(2, expected.size());
            expected.forEach((name, output) ->
                    assertArrayEquals(output.values(), actual.get(name).values(), 1e-5f, name));
        }
    }

    @Test
    void theCardSaysWhatWasLearnedLast() throws IOException {
        try (CompactNet network = new CompactNet(new CompactNet.Options(16, 4, 1, 8), 5, Device.CPU)) {
            AdaptableModel model = AdaptableModel.load(exported(network));
            ModelCard card = model.export(network, new ModelCard.Training("own", "1 scene", 7, "recipe")).card();
            assertEquals(new ModelCard.Training("own", "1 scene", 7, "recipe"), card.training());
            assertEquals("ratio,ratio=0.9", card.matcher());
            assertEquals("CC0-1.0", card.licence());
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path patch = folder.resolve("patch.onnx");
        try (PatchNet network = new PatchNet(new PatchNet.Options(16, 4), 1, Device.CPU)) {
            ModelExport.of(network, ModelExport.Origin.released("hndesc", ModelExport.Statement.none())).write(patch,
                    folder.resolve("patch.json"), "test");
        }
        assertRefused(patch, "is PatchNet of width 4: only compact networks are adapted");
        Path text = Files.writeString(folder.resolve("text.onnx"), "no graph");
        assertRefused(text, "text.onnx: is no graph that 'tiepoint export' wrote");
        byte[] whole = Files.readAllBytes(patch);
        Path half = Files.write(folder.resolve("half.onnx"), Arrays.copyOf(whole, whole.length / 2));
        assertRefused(half, "half.onnx: is no graph");
    }

    private static void assertRefused(Path file, String said) {
        IOException e = assertThrows(IOException.class, () -> AdaptableModel.load(file));
        assertTrue(e.getMessage().contains(said), e.getMessage());
    }
}
