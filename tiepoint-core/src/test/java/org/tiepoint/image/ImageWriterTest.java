package org.tiepoint.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageWriterTest {
    @TempDir
    Path folder;

    private final Image picture = TestImages.blobs(40, 30, 3);

    @Test
    void writesPngToTheByteAndJpegNearly() throws IOException {
        ImageWriter.writePng(picture, folder.resolve("a.png"));
        assertArrayEquals(picture.rgb(), ImageReader.read(folder.resolve("a.png")).rgb());
        ImageWriter.writeJpeg(picture, folder.resolve("a.jpg"));
        assertTrue(TestImages.largestDifference(picture, ImageReader.read(folder.resolve("a.jpg"))) < 30);
        assertEquals((byte) 0xFF, Files.readAllBytes(folder.resolve("a.jpg"))[0]);
    }

    @Test
    void encodesJpegInMemory() throws IOException {
        Path good = Files.write(folder.resolve("good.jpg"), ImageWriter.encodeJpeg(picture, 95));
        Path poor = Files.write(folder.resolve("poor.jpg"), ImageWriter.encodeJpeg(picture, 10));
        assertTrue(TestImages.largestDifference(picture, ImageReader.read(good)) < 30);
        assertTrue(Files.size(poor) < Files.size(good));
        assertThrows(IllegalArgumentException.class, () -> ImageWriter.encodeJpeg(picture, 0));
    }

    @Test
    void replacesAnOlderFileAndLeavesNothingElseBehind() throws IOException {
        Path file = folder.resolve("a.png");
        Files.write(file, new byte[] {1, 2, 3});
        ImageWriter.writePng(picture, file);
        assertArrayEquals(picture.rgb(), ImageReader.read(file).rgb());
        assertEquals(List.of(file), files());
    }

    @Test
    void saysWhyNothingCanBeWritten() throws IOException {
        Path nowhere = folder.resolve("none/a.png");
        assertTrue(refusal(nowhere).contains("there is no folder"));
        Path taken = Files.createDirectory(folder.resolve("taken"));
        Files.write(taken.resolve("inside"), new byte[1]);
        assertTrue(refusal(taken).contains("a folder has this name"));
        assertEquals(List.of(taken), files());
    }

    private String refusal(Path file) {
        String message = assertThrows(ImageException.class, () -> ImageWriter.writePng(picture, file)).getMessage();
        assertTrue(message.startsWith(file + ": ") && message.lines().count() == 1, message);
        return message;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
