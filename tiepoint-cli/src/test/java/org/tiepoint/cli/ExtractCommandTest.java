package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.interop.numpy.CapsFeatureFile;

class ExtractCommandTest {
    @TempDir
    Path folder;

    private Path images;
    private Path out;

    @BeforeEach
    void render() throws IOException {
        images = Files.createDirectories(folder.resolve("images/square"));
        RenderedPair.write(images);
        images = images.getParent();
        out = folder.resolve("features");
    }

    @Test
    void writesWhatTheDescriberGives() throws IOException {
        CommandRun run = extract();
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("images: 2 extracted, 0 already there, 0 unreadable, in " + out + "\n", run.out());
        Image image = ImageReader.read(images.resolve("square/left.png"));
        Features expected = new RootSift().describe(image, new SiftDetector().detect(image, 200));
        Features written = CapsFeatureFile.read(out.resolve("square/left.png.caps"));
        assertTrue(expected.keypoints().count() > 20);
        assertTrue(Arrays.equals(expected.keypoints().xy(), written.keypoints().xy()));
        assertTrue(Arrays.equals(expected.descriptors(), written.descriptors()));
    }

    @Test
    void goesOnWhereAnEarlierRunStopped() throws IOException {
        extract();
        Path kept = out.resolve("square/left.png.caps");
        Files.setLastModifiedTime(kept, FileTime.fromMillis(1000));
        Path cut = out.resolve("square/right.png.caps");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 500));
        CommandRun run = extract();
        assertEquals("images: 1 extracted, 1 already there, 0 unreadable, in " + out + "\n", run.out());
        assertEquals(1000, Files.getLastModifiedTime(kept).toMillis());
        assertTrue(CapsFeatureFile.read(cut).keypoints().count() > 0);
    }

    @Test
    void reportsADamagedImageAndDoesTheRest() throws IOException {
        Path damaged = Files.write(images.resolve("a-damaged.png"), new byte[0]);
        CommandRun run = extract();
        assertEquals(1, run.exitCode());
        assertTrue(run.err().matches("tiepoint: [^\n]+\n") && run.err().contains(damaged.toString()), run.err());
        assertEquals("images: 2 extracted, 0 already there, 1 unreadable, in " + out + "\n", run.out());
    }

    @Test
    void doesNotMixTwoKindsOfFeatures() {
        extract();
        CommandRun run = extract("--detector", "grid");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("--detector sift"), run.err());
    }

    @Test
    void aFolderWithoutImagesIsAnError() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        CommandRun run = CommandRun.of("extract", "--images", empty, "--model", "rootsift", "--out", out);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().matches("tiepoint: [^\n]+no images[^\n]+\n"), run.err());
    }

    private CommandRun extract(Object... more) {
        Object[] arguments = {"extract", "--images", images, "--model", "rootsift", "--out", out, "--max-keypoints",
            200};
        Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CommandRun.of(all);
    }
}
