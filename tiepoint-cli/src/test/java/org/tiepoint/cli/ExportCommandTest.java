package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.image.TestImages;
import org.tiepoint.network.PatchNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.onnx.ModelCard;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;

class ExportCommandTest {
    @TempDir
    static Path folder;

    private static Path model;

    @BeforeAll
    static void write() throws IOException {
        model = folder.resolve("patch.safetensors");
        try (PatchNet network = new PatchNet(new PatchNet.Options(16, 4), 1, Device.CPU)) {
            new TrainingCheckpoint(3, 1, RecipeFile.text("hndesc"), Map.of(), Map.of(), ParameterStore.store(
                    StoredNames.with(StoredNames.DESCRIPTOR, network.parameters().all())), Map.of()).write(model);
        }
    }

    private static CommandRun export(Object... more) {
        Object[] arguments = new Object[3 + more.length];
        System.arraycopy(new Object[] {"export", "--model", model}, 0, arguments, 0, 3);
        System.arraycopy(more, 0, arguments, 3, more.length);
        return CommandRun.of(arguments);
    }

    @Test
    void aFileGetsItsCardBesideIt() throws IOException {
        Path out = folder.resolve("new/small.v2.onnx");
        CommandRun run = export("--out", out, "--licence", "CC0-1.0", "--training-data", "three photos", "--matcher",
                "ratio=0.9");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(List.of("model: hndesc (PatchNet of width 4), descriptors of 16 numbers",
                "graph: " + out + ", 0.0 MB", "card: " + folder.resolve("new/small.v2.json")
                + ", training data three photos, licence CC0-1.0"), run.out().lines().toList());
        assertTrue(Files.size(out) > 1000);
        ModelCard card = ModelCard.parse(Files.readString(folder.resolve("new/small.v2.json")), "card");
        assertEquals("ratio,ratio=0.9", card.matcher());
        assertEquals("CC0-1.0", card.licence());
        assertEquals(3, card.training().steps());
    }

    @Test
    void aFolderGetsBothAndTheCardSaysWhatIsNotStated() throws IOException {
        Path out = folder.resolve("exported");
        assertEquals(0, export("--out", out).exitCode());
        assertTrue(Files.exists(out.resolve("model.onnx")));
        ModelCard card = ModelCard.parse(Files.readString(out.resolve("model.json")), "card");
        assertEquals("not stated", card.training().data());
        assertEquals("not stated", card.licence());
        assertEquals("mutual", card.matcher());
    }

    /** The card's matcher is what match takes, unless options say otherwise. */
    @Test
    void anExportedModelMatches() throws IOException {
        Path out = folder.resolve("matching.onnx");
        assertEquals(0, export("--out", out, "--matcher", "ratio=0.95").exitCode());
        Path photo = folder.resolve("photo.png");
        ImageWriter.writePng(TestImages.blobs(320, 240, 5), photo);
        CommandRun run = CommandRun.of("match", photo, photo, "--model", out, "--max-keypoints", 200);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("mutual nearest neighbours with ratio 0.95: "), run.out());
        assertTrue(run.out().contains("(100 %)"), run.out());
        assertTrue(CommandRun.of("match", photo, photo, "--model", out, "--matcher", "mutual").out()
                .contains("mutual nearest neighbours: "));
        assertOneLine(CommandRun.of("correspond", photo, photo, "--model", out, "--at", "1,1"), 2, "trained model");
        assertOneLine(CommandRun.of("match", photo, photo, "--model", folder.resolve("none.onnx")), 1, "none.onnx",
                "no such file");
        assertOneLine(CommandRun.of("match", photo, photo, "--model", out, "--detector", out), 1, "no detector");
    }

    @Test
    void anExportedModelFollowsATurn() throws IOException {
        Path out = folder.resolve("turning.onnx");
        assertEquals(0, export("--out", out).exitCode());
        Image image = TestImages.blobs(200, 160, 5);
        byte[] turned = new byte[image.rgb().length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = image.rgb()[turned.length - 3 - i + 2 * (i % 3)];
        }
        Path photo = folder.resolve("upright.png");
        Path other = folder.resolve("turned.png");
        ImageWriter.writePng(image, photo);
        ImageWriter.writePng(new Image(200, 160, turned), other);
        CommandRun run = CommandRun.of("match", photo, other, "--model", out, "--rotation-invariant");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("(" + out + ":rotation-invariant=true)"), run.out());
        assertTrue(inliers(run) > 2 * inliers(CommandRun.of("match", photo, other, "--model", out, "--upright")),
                run.out());
        assertEquals(0, CommandRun.of("extract", "--images", folder, "--model", out, "--rotation-invariant", "--out",
                folder.resolve("made")).exitCode());
        assertOneLine(CommandRun.of("extract", "--images", folder, "--model", out, "--out", folder.resolve("made")), 1,
                "were made with --model " + out + ":rotation-invariant=true");
        assertOneLine(CommandRun.of("match", photo, other, "--model", model, "--rotation-invariant"), 1,
                "tiepoint export");
        assertEquals(2, CommandRun.of("match", photo, other, "--model", out, "--rotation-invariant", "--upright")
                .exitCode());
        assertEquals(2, CommandRun.of("match", photo, other, "--model", out + ":rotation-invariant=true", "--upright")
                .exitCode());
        assertEquals(2, CommandRun.of("match", photo, other, "--model", "rootsift", "--rotation-invariant").exitCode());
    }

    private static int inliers(CommandRun run) {
        var line = Pattern.compile("inliers: (\\d+) ").matcher(run.out());
        return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }

    @Test
    void whatCannotBeExportedIsSaidInOneLine() throws IOException {
        assertOneLine(CommandRun.of("export", "--model", "rootsift", "--out", folder.resolve("a.onnx")), 2,
                "rootsift", "tiepoint train");
        assertOneLine(CommandRun.of("export", "--model", folder.resolve("none.safetensors"), "--out",
                folder.resolve("sub/a.onnx")), 1, "none.safetensors", "no such file");
        assertFalse(Files.exists(folder.resolve("sub")));
        assertOneLine(export("--out", folder.resolve("a.pt")), 2, "a.pt", ".onnx");
        assertOneLine(export("--out", folder.resolve("a.onnx"), "--matcher", "mutal"), 2, "did you mean mutual?");
        Path inTheWay = Files.writeString(folder.resolve("file"), "x");
        assertOneLine(export("--out", inTheWay.resolve("a.onnx")), 1, inTheWay.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"mutual | mutual", "ratio | ratio", "ratio=0.9 | ratio,ratio=0.9",
        "Dual-Softmax,temperature=0.05 | dual-softmax,temperature=0.05"})
    void matchersAreWrittenAsTheyAreRead(String written, String expected) {
        MatcherChoice choice = MatcherChoice.parse(written);
        assertEquals(expected, choice.written());
        assertEquals(choice, MatcherChoice.parse(choice.written()));
    }

    @ParameterizedTest
    @CsvSource({"max=3", "'ratio=0.9,ratio=0.8'", "ratio=2", "'mutual,ratio=0.9'", "frob=1"})
    void otherMatchersAreRefused(String written) {
        assertThrows(IllegalArgumentException.class, () -> MatcherChoice.parse(written));
    }

    private static void assertOneLine(CommandRun run, int exitCode, String... said) {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().matches("tiepoint: [^\n]+\n"), run.err());
        for (String words : said) {
            assertTrue(run.err().contains(words), () -> "'" + words + "' in " + run.err());
        }
    }
}
