package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.image.TestImages;
import org.tiepoint.onnx.EmbeddedModel;
import org.tiepoint.onnx.OnnxExtractor;

class QuantiseCommandTest {
    @TempDir
    static Path folder;

    private static Path photos;

    @BeforeAll
    static void write() throws IOException {
        photos = Files.createDirectories(folder.resolve("photos/more")).getParent();
        ImageWriter.writePng(TestImages.blobs(320, 240, 5), photos.resolve("1.png"));
        ImageWriter.writePng(TestImages.blobs(240, 330, 6), photos.resolve("2.png"));
        ImageWriter.writePng(TestImages.blobs(20, 1000, 7), photos.resolve("more/3.png"));
    }

    @Test
    void theModelIsAQuarterAndFindsMuchTheSame() throws IOException {
        Path out = folder.resolve("new/small.onnx");
        CommandRun run = CommandRun.of("quantise", "--model", "compact-s", "--images", photos, "--out", out);
        assertEquals(0, run.exitCode(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals("model: " + EmbeddedModel.COMPACT_S.card().network() + ", rounded to 8 bits, by 3 photos",
                lines.get(0));
        assertEquals("graph: " + out + ", 0.4 MB", lines.get(1));
        assertEquals("card: " + folder.resolve("new/small.json"), lines.get(2));
        double cosine = Double.parseDouble(lines.get(3).replaceAll(".* ", ""));
        assertTrue(cosine > 0.99 && cosine < 1, lines.get(3));
        assertEquals(EmbeddedModel.COMPACT_S.card().training(), OnnxExtractor.card(out).training());
        assertEquals(Files.readString(folder.resolve("new/small.json")), OnnxExtractor.card(out).toJson());
        Path photo = photos.resolve("1.png");
        CommandRun match = CommandRun.of("match", photo, photo, "--model", out);
        assertEquals(0, match.exitCode(), match.err());
        assertTrue(match.out().contains("(100 %)"), match.out());
        assertRefused(2, "is the model itself", "--model", out, "--images", photos, "--out", out);
        assertRefused(1, "small.onnx: is no compact network that 'tiepoint export' wrote (has the operator"
                + " QuantizeLinear)", "--model", out, "--images", photos, "--out", folder.resolve("again.onnx"));
        CommandRun adapt = CommandRun.of("adapt", "--data", photos, "--model", out, "--out", folder.resolve("adapted"));
        assertEquals(1, adapt.exitCode());
        assertTrue(adapt.err().contains("its weights are rounded to 8 bits"), adapt.err());
    }

    @Test
    void whatCannotBeRoundedLeavesNothing() throws IOException {
        Path out = folder.resolve("none/none.onnx");
        assertRefused(2, "--photos is 0", "--model", "compact-s", "--images", photos, "--out", out, "--photos", 0);
        assertRefused(2, "is not exported", "--model", photos, "--images", photos, "--out", out);
        assertRefused(2, "end its name with .onnx", "--model", "compact-s", "--images", photos, "--out",
                folder.resolve("none.json"));
        assertRefused(1, "no such folder", "--model", "compact-s", "--images", folder.resolve("other"), "--out", out);
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve("photo.jpg"), "no photo");
        assertRefused(1, "photo.jpg", "--model", "compact-s", "--images", broken, "--out", out);
        assertFalse(Files.exists(out.getParent()));
    }

    private static void assertRefused(int exitCode, String why, Object... arguments) {
        Object[] all = new Object[1 + arguments.length];
        all[0] = "quantise";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandRun run = CommandRun.of(all);
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().contains(why), run.err());
        assertEquals(1, run.err().lines().filter(line -> line.startsWith("tiepoint: ")).count(), run.err());
    }
}
