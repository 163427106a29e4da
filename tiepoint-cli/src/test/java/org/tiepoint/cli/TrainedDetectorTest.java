package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.feature.Detector;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.feature.RootSift;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.interop.numpy.CapsFeatureFile;
import org.tiepoint.model.TrainedModel;
import org.tiepoint.recipe.RecipeFile;

/** PoSFeat, tiny, trained in both stages; its key points described by other methods. */
class TrainedDetectorTest {
    @TempDir
    static Path folder;

    private static TinyTraining scene;
    private static Path descriptor;
    private static Path detector;

    @BeforeAll
    static void train() throws IOException {
        scene = TinyTraining.prepare(folder);
        CommandRun run = CommandRun.of("train", tiny("posfeat-descriptor-small"), tiny("posfeat-detector-small"),
                "--data", scene.data(), "--out", folder.resolve("posfeat"), "--threads", 1);
        assertEquals(0, run.exitCode(), run.err());
        descriptor = folder.resolve("posfeat/scfeat-descriptor");
        detector = folder.resolve("posfeat/scfeat-detector");
    }

    private static Path tiny(String name) throws IOException {
        String text = RecipeFile.text(name).replace("width: 320", "width: 96").replace("height: 240", "height: 64")
                .replace("dimension: 128", "dimension: 32").replace("decoderWidth8: 256", "decoderWidth8: 16")
                .replace("decoderWidth4: 128", "decoderWidth4: 16").replace("featureChannels: 192",
                "featureChannels: 96").replace("featureWidth: 96", "featureWidth: 8").replace("imageWidth: 32",
                "imageWidth: 8").replace("jointWidth: 64", "jointWidth: 8").replaceAll("steps: \\d+", "steps: 2")
                .replace("batch: 2", "batch: 1");
        return Files.writeString(folder.resolve(name + ".yaml"), text);
    }

    private static Image view(int i) throws IOException {
        return ImageReader.read(scene.view(i));
    }

    @Test
    void rootSiftDescribesItsKeypoints() throws IOException {
        try (Extractor extractor = FeatureSpec.parse("rootsift:detector=" + detector + ",max=40").open(2048);
                Detector own = TrainedModel.loadDetector(detector)) {
            Features features = extractor.extract(view(0));
            Keypoints expected = own.detect(view(0), 40);
            assertEquals(128, features.dimension());
            assertTrue(expected.count() > 10, "points " + expected.count());
            assertArrayEquals(expected.xy(), features.keypoints().xy());
            assertArrayEquals(new RootSift().describe(view(0), expected).descriptors(), features.descriptors());
            for (int i = 0; i < expected.count(); i++) {
                assertEquals(8, expected.sizes()[i]);
                assertEquals(-1, expected.angles()[i]);
            }
        }
    }

    @Test
    void aDescriptorOfTheFirstStageDescribesItsKeypoints() throws IOException {
        try (Extractor parts = FeatureSpec.parse(descriptor + ":detector=" + detector + ":max=40").open(2048);
                Extractor whole = FeatureSpec.parse(detector + ":max=40").open(2048)) {
            // the second stage leaves the descriptor alone
            assertArrayEquals(whole.extract(view(0)).keypoints().xy(), parts.extract(view(0)).keypoints().xy());
            assertArrayEquals(whole.extract(view(0)).descriptors(), parts.extract(view(0)).descriptors());
        }
    }

    @Test
    void otherDetectorsTakeItsPlace() throws IOException {
        try (Extractor extractor = FeatureSpec.parse(detector + ":detector=grid,max=12").open(2048)) {
            assertEquals(12, extractor.extract(view(0)).keypoints().count());
        }
    }

    @Test
    void commandsTakeItByItsOption() throws IOException {
        Path out = folder.resolve("features");
        CommandRun run = extract(out, detector);
        assertEquals(0, run.exitCode(), run.err());
        Features features = CapsFeatureFile.read(out.resolve("000.png.caps"));
        assertEquals(128, features.dimension());
        try (Detector own = TrainedModel.loadDetector(detector)) {
            assertArrayEquals(own.detect(view(0), 30).xy(), features.keypoints().xy());
        }
        CommandRun other = extract(out, "sift");
        assertEquals(1, other.exitCode());
        assertTrue(other.err().contains("--detector " + detector), other.err());
        CommandRun match = CommandRun.of("match", scene.view(0), scene.view(0), "--model", "sift", "--detector",
                detector.resolve("last.safetensors"));
        assertEquals(0, match.exitCode(), match.err());
        assertTrue(match.out().matches("(?s)key points: (\\d+) and \\1 \\(" + detector + "/last.safetensors\\).*"),
                match.out());
    }

    @Test
    void picturesShowItsScores() throws IOException {
        Path pictures = folder.resolve("pictures");
        CommandRun run = extract(folder.resolve("pictured"), detector, "--pictures", pictures);
        assertEquals(0, run.exitCode(), run.err());
        Image picture = ImageReader.read(pictures.resolve("001.png.png"));
        assertEquals(2 * view(1).width(), picture.width());
        assertEquals(view(1).height(), picture.height());
        CommandRun own = CommandRun.of("extract", "--images", scene.view(0).getParent(), "--model", detector, "--out",
                folder.resolve("own"), "--pictures", folder.resolve("own-pictures"), "--max-keypoints", 30);
        assertEquals(0, own.exitCode(), own.err());
        assertArrayEquals(picture.rgb(), ImageReader.read(folder.resolve("own-pictures/001.png.png")).rgb());
    }

    @Test
    void whatHasNoDetectorIsNamed() throws IOException {
        assertOneLine(extract(folder.resolve("none"), descriptor), 1, descriptor + ": this model has no detector");
        Path caps = Files.writeString(folder.resolve("caps.pth"), "no model");
        assertOneLine(extract(folder.resolve("none"), caps), 1, caps + ": this model has no detector: name one that a"
                + " detector's recipe trained, such as scfeat-detector-small");
        Path absent = folder.resolve("absent");
        assertOneLine(extract(folder.resolve("none"), absent), 1, absent + ": no such file");
        assertOneLine(extract(folder.resolve("none"), scene.data()), 1, scene.data() + " holds no model");
        assertOneLine(extract(folder.resolve("none"), "gird"), 2, "'gird' is no detector; did you mean grid?");
        assertOneLine(CommandRun.of("match", scene.view(0), scene.view(1), "--model", "rootsift:detector="
                + descriptor), 1, descriptor + ": this model has no detector");
    }

    /** Results that a trained detector has made are not taken for those of another training at the same place. */
    @Test
    void evaluationsKnowItByItsBytes() throws IOException {
        FeatureSpec spec = FeatureSpec.parse("rootsift:detector=" + detector);
        assertEquals(Optional.of(detector), spec.options().detector().flatMap(DetectorChoice::model));
        String file = EvaluatedFeatures.settings(spec, 100).get("detectorFile");
        assertTrue(file.matches("\\d+ bytes, \\p{XDigit}{8}"), file);
        assertEquals(detector.toString(), EvaluatedFeatures.settings(spec, 100).get("detector"));
        assertTrue(!EvaluatedFeatures.settings(FeatureSpec.parse("rootsift"), 100).containsKey("detectorFile"));
    }

    private static CommandRun extract(Path out, Object detector, Object... more) {
        Object[] arguments = {"extract", "--images", scene.view(0).getParent(), "--model", "rootsift", "--detector",
            detector, "--out", out, "--max-keypoints", 30};
        Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CommandRun.of(all);
    }

    private static void assertOneLine(CommandRun run, int exitCode, String said) {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().matches("tiepoint: [^\n]+\n") && run.err().contains(said), run.err());
    }
}
