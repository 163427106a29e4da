package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script in COLMAP's place, which fails; real COLMAP is tested in the evaluation module. */
@DisabledOnOs(OS.WINDOWS)
class EvaluateReconstructionCommandTest {
    @TempDir
    Path folder;

    private Path images;
    private Path out;
    private Path colmap;

    @BeforeEach
    void render() throws IOException {
        images = Files.createDirectories(folder.resolve("images"));
        RenderedPair.write(images);
        out = folder.resolve("out");
        colmap = Files.writeString(folder.resolve("colmap"), "#!/bin/sh\ncase \"$*\" in\n"
                + "  help) echo 'COLMAP 3.8 (Commit Unknown)';;\n"
                + "  *--help) echo '  --SiftExtraction.use_gpu arg';;\n"
                + "  *) echo $1 says no; exit 1;;\nesac\n");
        assertTrue(colmap.toFile().setExecutable(true));
    }

    @Test
    void whatFailsStandsInTheTable() throws IOException {
        CommandRun run = CommandRun.of("evaluate", "reconstruction", "--images", images, "--out", out, "--colmap", colmap,
                "--features", "rootsift:max=200");
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.out().contains("COLMAP SIFT failed: colmap feature_extractor failed with code 1:"
                + " feature_extractor says no; see " + out), run.out());
        assertTrue(run.out().contains("rootsift:max=200 failed: colmap mapper failed with code 1: mapper says no;"),
                run.out());
        assertTrue(run.out().endsWith("2 images, 1 pairs (exhaustive), at most 2048 key points an image; COLMAP 3.8. In "
                + out + "\n"), run.out());
        assertTrue(Files.readString(out.resolve("summary.json")).contains("\"colmap\" : \"3.8\""));
        assertTrue(run.out().startsWith(Files.readString(out.resolve("report.md"))));
        assertTrue(Files.exists(out.resolve("rootsift-max-200/colmap.log")));
        assertTrue(Files.exists(out.resolve("rootsift-max-200/database.db")));
    }

    @Test
    void aProgramThatIsNotThereIsOneLine() {
        CommandRun run = CommandRun.of("evaluate", "reconstruction", "--images", images, "--out", out, "--colmap",
                folder.resolve("none"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().matches("tiepoint: [^\n]+none cannot be run[^\n]+--colmap\n"), run.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void wrongUseIsSaid() {
        for (Object[] wrong : new Object[][] {{"--timeout", 0}, {"--max-keypoints", 0}, {"--features", "rootsift",
            "--features", "rootsift"}, {"--pairs", "list"}}) {
            Object[] all = new Object[wrong.length + 8];
            System.arraycopy(new Object[] {"evaluate", "reconstruction", "--images", images, "--out", out, "--colmap",
                colmap}, 0, all, 0, 8);
            System.arraycopy(wrong, 0, all, 8, wrong.length);
            CommandRun run = CommandRun.of(all);
            assertEquals(2, run.exitCode(), run.err());
            assertTrue(run.err().matches("tiepoint: [^\n]+ \\(see tiepoint evaluate reconstruction --help\\)\n"),
                    run.err());
        }
        assertFalse(Files.exists(out));
    }
}
