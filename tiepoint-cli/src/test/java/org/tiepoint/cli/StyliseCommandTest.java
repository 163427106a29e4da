package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageWriter;

class StyliseCommandTest {
    @TempDir
    Path folder;

    private Path photos;
    private Path out;

    private static Image picture(long seed, int red) {
        byte[] rgb = new byte[3 * 60 * 40];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((i % 3 == 0 ? red : 90) + i / 30 % 6 * 12 + random.nextInt(6));
        }
        return new Image(60, 40, rgb);
    }

    @BeforeEach
    void writePhotos() throws IOException {
        photos = Files.createDirectories(folder.resolve("photos/a")).getParent();
        out = folder.resolve("out");
        ImageWriter.writeJpeg(picture(1, 90), photos.resolve("a/1.jpg"));
        ImageWriter.writePng(picture(2, 120), photos.resolve("2.png"));
        Files.write(photos.resolve("3.ppm"), ppm(picture(3, 60)));
    }

    private static byte[] ppm(Image image) {
        byte[] header = "P6 60 40 255\n".getBytes(StandardCharsets.US_ASCII);
        byte[] file = Arrays.copyOf(header, header.length + image.rgb().length);
        System.arraycopy(image.rgb(), 0, file, header.length, image.rgb().length);
        return file;
    }

    @Test
    void copiesLieAsTheirPhotosDo() throws IOException {
        Path sheet = folder.resolve("sheet.png");
        CommandRun run = CommandRun.of("stylise", "--images", photos, "--out", out, "--contact-sheet", sheet);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("photos: 3 stylised, 0 already there, 0 unreadable, in " + out + "\ncontact sheet: " + sheet
                + "\n", run.out());
        for (String name : new String[] {"a/1.jpg", "2.png", "3.ppm.png"}) {
            Image copy = ImageReader.read(out.resolve(name));
            assertEquals(60, copy.width());
            assertEquals(40, copy.height());
        }
        assertFalse(Arrays.equals(picture(2, 120).rgb(), ImageReader.read(out.resolve("2.png")).rgb()));
        assertEquals(6 * 244 + 4, ImageReader.read(sheet).width());
        assertEquals(3 * 244 + 4, ImageReader.read(sheet).height());
    }

    @Test
    void aSecondRunGoesOnAndComesToTheSame() throws IOException {
        Path exemplars = Files.createDirectories(folder.resolve("looks"));
        ImageWriter.writePng(picture(7, 170), exemplars.resolve("red.png"));
        Object[] arguments = {"stylise", "--images", photos, "--exemplars", exemplars, "--out", out, "--relight", 0.3};
        assertEquals(0, CommandRun.of(arguments).exitCode());
        byte[] first = Files.readAllBytes(out.resolve("2.png"));
        Files.delete(out.resolve("2.png"));
        Files.setLastModifiedTime(out.resolve("a/1.jpg"), FileTime.fromMillis(1000));
        CommandRun again = CommandRun.of(arguments);
        assertEquals("photos: 1 stylised, 2 already there, 0 unreadable, in " + out + "\n", again.out());
        assertArrayEquals(first, Files.readAllBytes(out.resolve("2.png")));
        assertEquals(1000, Files.getLastModifiedTime(out.resolve("a/1.jpg")).toMillis());
        CommandRun other = CommandRun.of("stylise", "--images", photos, "--out", out);
        assertEquals(1, other.exitCode());
        assertTrue(other.err().contains("stylise.json") && other.err().contains("give the same, or another --out"),
                other.err());
        assertEquals(1, other.err().lines().count());
    }

    @Test
    void unreadablePhotosAreReportedAndLeftOut() throws IOException {
        Files.write(photos.resolve("a/0.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2});
        CommandRun run = CommandRun.of("stylise", "--images", photos, "--out", out, "--threads", 1);
        assertEquals(1, run.exitCode());
        assertTrue(run.out().startsWith("photos: 3 stylised, 0 already there, 1 unreadable"), run.out());
        assertTrue(run.err().startsWith("tiepoint: " + photos.resolve("a/0.jpg")), run.err());
        assertFalse(Files.exists(out.resolve("a/0.jpg")));
    }

    @Test
    void impossibleSettingsAreUsageErrors() {
        for (Object[] wrong : new Object[][] {{"--relight", "1.5"}, {"--relight", "0.5"}, {"--threads", "0"},
            {"--lights", "moon"}}) {
            CommandRun run = CommandRun.of("stylise", "--images", photos, "--out", out, wrong[0], wrong[1]);
            assertEquals(2, run.exitCode(), run.err());
            assertTrue(run.err().matches("tiepoint: [^\n]+ \\(see tiepoint stylise --help\\)\n"), run.err());
        }
        CommandRun inside = CommandRun.of("stylise", "--images", photos, "--out", photos.resolve("copies"));
        assertEquals(2, inside.exitCode(), inside.err());
    }

    @Test
    void missingFilesAreFailures() {
        for (Object[] missing : new Object[][] {{"--exemplars", folder.resolve("none")},
            {"--network", folder.resolve("none.onnx")}}) {
            CommandRun run = CommandRun.of("stylise", "--images", photos, "--out", out, missing[0], missing[1]);
            assertEquals(1, run.exitCode());
            assertTrue(run.err().matches("tiepoint: [^\n]*none[^\n]+\n"), run.err());
        }
        assertEquals(1, CommandRun.of("stylise", "--images", folder.resolve("none"), "--out", out).exitCode());
    }
}
