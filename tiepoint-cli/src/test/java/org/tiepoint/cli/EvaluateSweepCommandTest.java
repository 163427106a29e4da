package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateSweepCommandTest {
    @TempDir
    Path folder;

    private Path photos;

    @BeforeEach
    void render() throws IOException {
        photos = Files.createDirectory(folder.resolve("photos"));
        RenderedPair.write(photos);
    }

    @Test
    void writesNumbersAndAReport() throws IOException {
        Path out = folder.resolve("results");
        CommandRun run = CommandRun.of("evaluate", "sweep", photos, "--features", "orb:max=50", "--kinds",
                "blur,exposure", "--photos", 1, "--longest-side", 128, "--out", out);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("### Blur\n"), run.out());
        assertTrue(run.out().contains("| orb:max=50         | MMA@3 "), run.out());
        JsonNode features = new ObjectMapper().readTree(out.resolve("summary.json").toFile()).at("/sets/0/features");
        assertEquals(3, features.size());
        assertEquals("50", features.at("/2/settings/maxKeypoints").asText());
        assertEquals(1, features.at("/2/sweeps/blur/0/mma/1").asDouble());
        assertEquals(8, features.at("/0/sweeps/blur").size());
        assertEquals(9, features.at("/0/sweeps/exposure").size());
        String report = Files.readString(out.resolve("report.html"));
        assertTrue(report.contains("--kinds blur,exposure --photos 1"), report);
    }

    @Test
    void wrongUsageIsOneLine() {
        assertUsage("'rotations' is no kind of change; did you mean rotation?", "--kinds", "blur,rotations");
        assertUsage("give each of rotation, scale, exposure and blur at most once", "--kinds", "blur,blur");
        assertUsage("--photos is 0: it must be at least 1", "--photos", 0);
        assertUsage("longestSide is 10: it must be at least 64 pixels", "--longest-side", 10);
        assertUsage("--features h5:f.h5 holds the features of certain images", "--features", "h5:f.h5");
    }

    @Test
    void aFolderWithoutPhotosIsOneLine() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        CommandRun run = CommandRun.of("evaluate", "sweep", empty, "--out", folder.resolve("results"));
        assertEquals(1, run.exitCode());
        assertEquals("tiepoint: " + empty + ": holds no photos: give a folder with JPEG, PNG, TIFF, WebP or PNM"
                + " files\n", run.err());
    }

    private void assertUsage(String part, Object... arguments) {
        Object[] all = new Object[arguments.length + 5];
        System.arraycopy(new Object[] {"evaluate", "sweep", photos, "--out", folder.resolve("results")}, 0, all, 0, 5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        CommandRun run = CommandRun.of(all);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().matches("tiepoint: [^\n]+\n") && run.err().contains(part), run.err());
    }
}
