package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageSize;
import org.tiepoint.interop.hloc.HlocFeatures;
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
    void writesHlocsFile() throws IOException {
        Path file = folder.resolve("new/features.h5");
        CommandRun run = extractTo(file, "--format", "h5");
        assertEquals("images: 2 extracted, 0 already there, 0 unreadable, in " + file + "\n", run.out(), run.err());
        Image image = ImageReader.read(images.resolve("square/left.png"));
        Features expected = new RootSift().describe(image, new SiftDetector().detect(image, 200));
        try (HlocFeatures written = HlocFeatures.open(file)) {
            assertEquals(List.of("square/left.png", "square/right.png"), written.images());
            assertTrue(Arrays.equals(expected.descriptors(), written.features("square/left.png").descriptors()));
            assertEquals(Optional.of(new ImageSize(image.width(), image.height())),
                    written.imageSize("square/left.png"));
        }
        Files.copy(images.resolve("square/left.png"), images.resolve("more.png"));
        byte[] before = Files.readAllBytes(file);
        assertEquals("images: 1 extracted, 2 already there, 0 unreadable, in " + file + "\n",
                extractTo(file, "--format", "h5").out());
        assertTrue(Files.size(file) > before.length);
        assertEquals("images: 0 extracted, 3 already there, 0 unreadable, in " + file + "\n",
                extractTo(file, "--format", "h5").out());
        CommandRun other = extractTo(file, "--format", "h5", "--detector", "grid");
        assertEquals(1, other.exitCode());
        assertTrue(other.err().contains("features.h5.extract.json: the features here were made with"), other.err());
    }

    @Test
    void halfPrecisionIsSmaller() throws IOException {
        Path whole = folder.resolve("whole.h5");
        Path half = folder.resolve("half.h5");
        extractTo(whole, "--format", "h5");
        assertEquals(0, extractTo(half, "--format", "h5", "--half").exitCode());
        assertTrue(Files.size(half) < 0.6 * Files.size(whole));
        assertEquals(2, extract("--half").exitCode());
        CommandRun run = extractTo(Files.createDirectories(out), "--format", "h5");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("is a folder: with --format h5, --out names a file"), run.err());
    }

    @Test
    void writesTextForColmap() throws IOException {
        assertEquals(0, extract("--format", "colmap-text").exitCode());
        List<String> lines = Files.readAllLines(out.resolve("square/left.png.txt"));
        assertEquals(lines.size() - 1 + " 128", lines.get(0));
        assertEquals(4 + 128, lines.get(1).split(" ").length);
        assertEquals("images: 0 extracted, 2 already there, 0 unreadable, in " + out + "\n",
                extract("--format", "colmap-text").out());
    }

    @Test
    void drawsPicturesAndGoesOnWithTheMissingOnes() throws IOException {
        Path pictures = folder.resolve("pictures");
        CommandRun run = extract("--pictures", pictures);
        assertEquals("images: 2 extracted, 0 already there, 0 unreadable, in " + out + "\npictures: " + pictures + "\n",
                run.out(), run.err());
        Image photo = ImageReader.read(images.resolve("square/left.png"));
        Image picture = ImageReader.read(pictures.resolve("square/left.png.png"));
        assertEquals(photo.width(), picture.width());
        assertEquals(photo.height(), picture.height());
        assertTrue(!Arrays.equals(photo.rgb(), picture.rgb()));
        Path features = out.resolve("square/left.png.caps");
        Files.setLastModifiedTime(features, FileTime.fromMillis(1000));
        byte[] drawn = Files.readAllBytes(pictures.resolve("square/left.png.png"));
        Files.delete(pictures.resolve("square/left.png.png"));
        assertEquals("images: 1 extracted, 1 already there, 0 unreadable, in " + out, extract("--pictures", pictures)
                .out().lines().findFirst().orElseThrow());
        assertTrue(Arrays.equals(drawn, Files.readAllBytes(pictures.resolve("square/left.png.png"))));
        assertEquals(1000, Files.getLastModifiedTime(features).toMillis());
    }

    @Test
    void drawsPicturesBesideHlocsFile() throws IOException {
        Path file = folder.resolve("features.h5");
        extractTo(file, "--format", "h5");
        Path pictures = folder.resolve("pictures");
        assertEquals(0, extractTo(file, "--format", "h5", "--pictures", pictures).exitCode());
        assertTrue(Files.exists(pictures.resolve("square/right.png.png")));
        try (HlocFeatures written = HlocFeatures.open(file)) {
            assertEquals(List.of("square/left.png", "square/right.png"), written.images());
        }
    }

    @Test
    void picturesAreNotMixedWithOthersNorWithPhotos() {
        Path pictures = folder.resolve("pictures");
        extract("--pictures", pictures);
        CommandRun other = extractTo(folder.resolve("other"), "--detector", "grid", "--pictures", pictures);
        assertEquals(1, other.exitCode());
        assertTrue(other.err().contains("the pictures here were made with") && other.err().contains("--pictures"),
                other.err());
        CommandRun among = extract("--pictures", images.resolve("square/../look"));
        assertEquals(2, among.exitCode());
        assertTrue(among.err().matches("tiepoint: [^\n]+lies in --images[^\n]+\n"), among.err());
    }

    @Test
    void aFolderWithoutImagesIsAnError() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        CommandRun run = CommandRun.of("extract", "--images", empty, "--model", "rootsift", "--out", out);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().matches("tiepoint: [^\n]+no images[^\n]+\n"), run.err());
    }

    private CommandRun extract(Object... more) {
        return extractTo(out, more);
    }

    private CommandRun extractTo(Path target, Object... more) {
        Object[] arguments = {"extract", "--images", images, "--model", "rootsift", "--out", target, "--max-keypoints",
            200};
        Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CommandRun.of(all);
    }
}
