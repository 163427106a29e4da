package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pose files that cannot be used: one line that names file, line or record, value and remedy; exit code 1. */
class DamagedCollectionTest {
    private static final int FX = 3;
    private static final int FIRST_ROTATION = 7;
    private static final int FIRST_TRANSLATION = 16;

    @TempDir
    Path folder;

    private Path aligned;

    @BeforeEach
    void render() {
        assertEquals(0, CommandRun.of("render", "--out", folder.resolve("data"), "--scenes", 1, "--views", 2,
                "--size", "64x48").exitCode());
        aligned = folder.resolve("data/synthetic-1/dense0/aligned");
    }

    @Test
    void aPoseMatrixThatIsNoRotation() throws IOException {
        editCamera(words -> words[FIRST_ROTATION] = "2.5");
        assertFails("img_cam.txt", "line 2", "no rotation");
    }

    @Test
    void aFocalLengthOfZero() throws IOException {
        editCamera(words -> words[FX] = "0");
        assertFails("img_cam.txt", "line 2", "focal length", "above 0");
    }

    @Test
    void aPoseWithNaN() throws IOException {
        editCamera(words -> words[FIRST_TRANSLATION] = "NaN");
        assertFails("img_cam.txt", "line 2", "NaN");
    }

    @Test
    void aMissingPhoto() throws IOException {
        Files.delete(aligned.resolve("images/001.png"));
        assertFails("001.png", "missing");
    }

    @Test
    void aPairThatNamesAnUnknownPhoto() throws IOException {
        Files.writeString(aligned.resolve("pairs.txt"), "000.png 777.png\n");
        assertFails("pairs.txt", "line 1", "777.png");
    }

    @Test
    void aColmapFileCutInTheMiddle() throws IOException {
        Path sparse = Files.createDirectories(folder.resolve("data/colmap/sparse"));
        ByteBuffer cameras = ByteBuffer.allocate(56).order(ByteOrder.LITTLE_ENDIAN);
        cameras.putLong(1).putInt(1).putInt(1).putLong(64).putLong(48).putDouble(60).putDouble(60).putDouble(32);
        Files.write(sparse.resolve("cameras.bin"), Arrays.copyOf(cameras.array(), 48));
        Files.write(sparse.resolve("images.bin"), new byte[8]);
        Files.write(sparse.resolve("points3D.bin"), new byte[8]);
        assertFails("cameras.bin", "cut");
    }

    @Test
    void aFolderWithoutPoses() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        CommandRun run = CommandRun.of("prepare", "--data", empty, "--out", folder.resolve("out"));
        assertOneLine(run, empty.toString(), "looked for", "COLMAP");
    }

    @Test
    void aPhotoThatCannotBeReadIsToldAndTheRestGoesOn() throws IOException {
        CommandRun three = CommandRun.of("render", "--out", folder.resolve("data"), "--scenes", 1, "--views", 3,
                "--size", "64x48");
        assertEquals(0, three.exitCode(), three.err());
        Files.write(aligned.resolve("images/002.png"), new byte[0]);
        CommandRun run = CommandRun.of("prepare", "--data", folder.resolve("data"), "--out", folder.resolve("out"));
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("2 photos (1 unreadable)"), run.out());
        assertTrue(run.err().matches("tiepoint: warning: [^\n]+002.png[^\n]+\n"), run.err());
    }

    /** Changes the first camera, which stands in line 2. */
    private void editCamera(Consumer<String[]> edit) throws IOException {
        Path file = aligned.resolve("img_cam.txt");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        String[] words = lines.get(1).split(" ");
        edit.accept(words);
        lines.set(1, String.join(" ", words));
        Files.write(file, lines);
    }

    private void assertFails(String... said) {
        Path out = folder.resolve("out");
        CommandRun run = CommandRun.of("prepare", "--data", folder.resolve("data"), "--out", out);
        assertOneLine(run, said);
    }

    private static void assertOneLine(CommandRun run, String... said) {
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.err().matches("tiepoint: [^\n]+\n"), run.err());
        for (String words : said) {
            assertTrue(run.err().contains(words), () -> "'" + words + "' in " + run.err());
        }
    }
}
