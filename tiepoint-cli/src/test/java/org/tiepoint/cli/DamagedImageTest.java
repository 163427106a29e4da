package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageWriter;

/** Images that cannot be matched: one line that names the file and the remedy, exit code 1. */
class DamagedImageTest {
    @TempDir
    static Path folder;

    private static RenderedPair pair;

    @BeforeAll
    static void render() throws IOException {
        pair = RenderedPair.write(folder);
    }

    @Test
    void aTruncatedJpeg() throws IOException {
        Path file = folder.resolve("cut.jpg");
        ImageWriter.writeJpeg(ImageReader.read(pair.right()), file);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertFails(file, "cut short", "again");
    }

    @Test
    void aFileOfZeroBytes() throws IOException {
        assertFails(Files.createFile(folder.resolve("empty.png")), "empty", "again");
    }

    @Test
    void aFileThatIsNoImage() throws IOException {
        assertFails(Files.writeString(folder.resolve("text.jpg"), "not a photo"), "not an image", "JPEG");
    }

    @Test
    void anImageWithoutKeyPoints() throws IOException {
        Path file = folder.resolve("flat.png");
        byte[] grey = new byte[3 * 64 * 64];
        Arrays.fill(grey, (byte) 128);
        ImageWriter.writePng(new Image(64, 64, grey), file);
        assertFails(file, "no key points", "--detector grid");
    }

    @Test
    void aMissingImage() {
        assertFails(folder.resolve("nowhere.jpg"), "no such file", "check");
    }

    @Test
    void anImageOfFourHundredMegapixels() throws IOException {
        Path file = folder.resolve("huge.ppm");
        Files.write(file, "P6 20000 20000 255\n".getBytes(StandardCharsets.US_ASCII));
        assertFails(file, "20000", "scale");
    }

    @Test
    void aPictureInAFolderThatIsNotThere() {
        Path file = folder.resolve("nowhere").resolve("matches.png");
        CommandRun run = CommandRun.of("match", pair.left(), pair.right(), "--model", "rootsift", "--out", file);
        assertOneLine(run, 1, file.toString(), "folder");
    }

    private static void assertFails(Path image, String... said) {
        CommandRun run = CommandRun.of("match", pair.left(), image, "--model", "rootsift");
        assertOneLine(run, 1, said);
        assertTrue(run.err().contains(image.toString()), run.err());
    }

    private static void assertOneLine(CommandRun run, int exitCode, String... said) {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().matches("tiepoint: [^\n]+\n"), run.err());
        for (String words : said) {
            assertTrue(run.err().contains(words), () -> "'" + words + "' in " + run.err());
        }
    }
}
