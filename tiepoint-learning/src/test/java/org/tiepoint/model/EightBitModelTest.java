package org.tiepoint.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.feature.Features;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.image.TestImages;
import org.tiepoint.network.CompactNet;
import org.tiepoint.network.PatchNet;
import org.tiepoint.onnx.OnnxExtractor;
import org.tiepoint.tensor.Device;
import org.tiepoint.testing.OnnxRules;
import org.tiepoint.testing.RandomParameters;

/** Networks with random values, whose every layer changes the output. */
class EightBitModelTest {
    private static final OnnxExtractor.Options OPTIONS = OnnxExtractor.Options.of(200);

    @TempDir
    private Path folder;

    private List<Path> photos;

    @BeforeEach
    void write() throws IOException {
        photos = List.of(folder.resolve("1.png"), folder.resolve("2.png"));
        ImageWriter.writePng(TestImages.blobs(200, 150, 5), photos.get(0));
        ImageWriter.writePng(TestImages.blobs(700, 90, 6), photos.get(1));
    }

    private Path exported(CompactNet network) throws IOException {
        RandomParameters.moveVectors(network.parameters(), 0.4);
        Path file = folder.resolve("plain.onnx");
        ModelExport.of(network, ModelExport.Origin.released("mixed", ModelExport.Statement.none())).write(file,
                folder.resolve("plain.json"), "test");
        return file;
    }

    @Test
    void describesNearlyTheSame() throws IOException {
        try (CompactNet network = new CompactNet(new CompactNet.Options(16, 8, 2, 8), 5, Device.CPU)) {
            Path plain = exported(network);
            assertEquals(List.of(), OnnxRules.broken(Files.readAllBytes(plain)));
            AtomicInteger taken = new AtomicInteger();
            EightBitModel model = EightBitModel.of(Files.readAllBytes(plain), "plain.onnx", photos, 1,
                    taken::incrementAndGet);
            assertEquals(2, taken.get());
            assertEquals(List.of(), OnnxRules.broken(model.content()));
            Path rounded = folder.resolve("rounded.onnx");
            model.write(rounded, folder.resolve("rounded.json"));
            assertEquals("compact network of width 8 and depth 2, rounded to 8 bits", model.card().network());
            assertEquals(model.card(), OnnxExtractor.card(rounded));
            assertEquals(model.card().toJson(), Files.readString(folder.resolve("rounded.json")));
            try (OnnxExtractor before = OnnxExtractor.load(plain, OPTIONS);
                    OnnxExtractor after = OnnxExtractor.load(rounded, OPTIONS)) {
                Image image = TestImages.blobs(333, 222, 8);
                Features own = before.extract(image);
                Features same = after.describe(image, own.keypoints());
                double sum = 0;
                for (int i = 0; i < same.descriptors().length; i++) {
                    sum += (double) own.descriptors()[i] * same.descriptors()[i];
                }
                assertTrue(own.keypoints().count() > 20);
                assertTrue(sum > 0.995 * own.keypoints().count(), sum + " of " + own.keypoints().count());
            }
        }
    }

    @Test
    void othersAreRefused() throws IOException {
        Path patch = folder.resolve("patch.onnx");
        try (PatchNet network = new PatchNet(new PatchNet.Options(16, 4), 1, Device.CPU)) {
            ModelExport.of(network, ModelExport.Origin.released("hndesc", ModelExport.Statement.none())).write(patch,
                    folder.resolve("patch.json"), "test");
        }
        String message = assertThrows(IOException.class, () -> EightBitModel.of(Files.readAllBytes(patch),
                "patch.onnx", photos, 1, () -> { })).getMessage();
        assertTrue(message.startsWith("patch.onnx: is no compact network"), message);
        try (CompactNet network = new CompactNet(new CompactNet.Options(16, 4, 1, 8), 5, Device.CPU)) {
            byte[] plain = Files.readAllBytes(exported(network));
            Path missing = folder.resolve("none.png");
            assertTrue(assertThrows(IOException.class, () -> EightBitModel.of(plain, "plain.onnx", List.of(missing), 1,
                    () -> { })).getMessage().contains("none.png"));
        }
    }
}
