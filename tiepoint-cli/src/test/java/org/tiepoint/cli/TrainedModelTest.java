package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.pairs.PairsFile;
import org.tiepoint.interop.numpy.CapsFeatureFile;

/** What the commands do with a trained model, and with a damaged one. */
class TrainedModelTest {
    @TempDir
    static Path folder;

    private static TinyTraining training;

    @BeforeAll
    static void train() throws IOException {
        training = TinyTraining.run(folder);
    }

    @Test
    void matchUsesIt() {
        CommandRun run = CommandRun.of("match", training.view(0), training.view(0), "--model", training.model());
        assertEquals(0, run.exitCode(), run.err());
        String text = run.out();
        assertTrue(text.contains("inliers: ") && text.contains("(100 %)"), text);
        int points = Integer.parseInt(text.replaceAll("(?s)key points: (\\d+) and .*", "$1"));
        int matches = Integer.parseInt(text.replaceAll("(?s).*neighbours: (\\d+) .*", "$1"));
        // Key points of one position and several orientations have one descriptor.
        assertTrue(matches <= points && matches > points / 2, text);
    }

    @Test
    void extractUsesIt() throws IOException {
        Path out = folder.resolve("features");
        CommandRun run = CommandRun.of("extract", "--images", training.view(0).getParent(), "--model",
                training.model(), "--out", out, "--detector", "grid", "--max-keypoints", 12);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(64, CapsFeatureFile.read(out.resolve("000.png.caps")).dimension());
    }

    @Test
    void pairsRetrieveWithIt() throws IOException {
        Path out = folder.resolve("pairs.txt");
        CommandRun run = CommandRun.of("pairs", "retrieval", "--images", training.view(0).getParent(), "--global",
                training.model(), "--top", 2, "--out", out);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(3, PairsFile.read(out).size());
    }

    @Test
    void correspondPlacesEveryPointInTheOtherImage() {
        Path picture = folder.resolve("points.png");
        CommandRun run = CommandRun.of("correspond", training.view(0), training.view(1), "--model", training.model(),
                "--at", "40,30", "--at", "60.5,20", "--out", picture);
        assertEquals(0, run.exitCode(), run.err());
        String[] lines = run.out().split("\n");
        assertEquals(3, lines.length, run.out());
        assertTrue(lines[1].matches("60\\.50 20\\.00  \\S+ \\S+  0\\.\\d{4}"), run.out());
        String[] numbers = lines[1].split(" +");
        double x = Double.parseDouble(numbers[2]);
        double y = Double.parseDouble(numbers[3]);
        assertTrue(x >= 0 && x <= 95 && y >= 0 && y <= 63, run.out());
        assertTrue(Files.exists(picture));
    }

    @Test
    void aPointOutsideTheImageIsAUsageError() {
        CommandRun run = CommandRun.of("correspond", training.view(0), training.view(1), "--model", training.model(),
                "--at", "96,30");
        assertOneLine(run, 2, "96.0,30.0", "96x64");
    }

    @Test
    void theBaselineHasNoDensePrediction() {
        assertOneLine(CommandRun.of("correspond", training.view(0), training.view(1), "--model", "rootsift", "--at",
                "1,1"), 2, "trained model");
    }

    @Test
    void aCheckpointCutInTheMiddle() throws IOException {
        byte[] bytes = Files.readAllBytes(training.model().resolve("last.safetensors"));
        Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(bytes, bytes.length / 2));
        assertOneLine(match(cut), 1, cut.toString());
    }

    @Test
    void aPickleWithAForeignClass() throws IOException {
        Path file = folder.resolve("foreign.pth");
        byte[] pickle = "\u0080\u0002cos\nsystem\nX\u0004\u0000\u0000\u0000true\u0085R.".getBytes(
                StandardCharsets.ISO_8859_1);
        ZipEntry entry = new ZipEntry("archive/data.pkl");
        CRC32 checksum = new CRC32();
        checksum.update(pickle);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(pickle.length);
        entry.setCrc(checksum.getValue());
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(entry);
            zip.write(pickle);
            zip.closeEntry();
        }
        assertOneLine(match(file), 1, file.toString(), "os.system");
    }

    @Test
    void aFolderWithoutAModel() {
        assertOneLine(match(training.data()), 1, training.data().toString(), "tiepoint train");
    }

    @Test
    void aMissingModel() {
        assertOneLine(match(folder.resolve("nowhere.safetensors")), 1, "nowhere.safetensors", "no such file");
    }

    private static CommandRun match(Path model) {
        return CommandRun.of("match", training.view(0), training.view(1), "--model", model);
    }

    private static void assertOneLine(CommandRun run, int exitCode, String... said) {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().matches("tiepoint: [^\n]+\n"), run.err());
        for (String words : said) {
            assertTrue(run.err().contains(words), () -> "'" + words + "' in " + run.err());
        }
    }
}
