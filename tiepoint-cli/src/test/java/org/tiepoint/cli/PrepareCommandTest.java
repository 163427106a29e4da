package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DropReason;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.dataset.preparation.SceneReport;

class PrepareCommandTest {
    @TempDir
    Path folder;

    private Path data;
    private Path out;

    @BeforeEach
    void render() {
        data = folder.resolve("data");
        out = folder.resolve("out");
        assertEquals(0, CommandRun.of("render", "--out", data, "--scenes", 1, "--views", 3, "--size", "160x120")
                .exitCode());
    }

    @Test
    void preparesAndSaysWhatItKept() throws IOException {
        CommandRun run = CommandRun.of("prepare", "--data", data, "--out", out, "--verify", "--max-pairs", 1);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().matches("synthetic-1: 3 photos, 1 of \\d pairs \\(dropped: .*\\); of \\d verified .*\n"
                + "1 scenes, 3 photos, 1 pairs, in .*\n"), run.out());
        assertEquals(1, PosedCollections.open(out).get(0).pairs().size());
    }

    @Test
    void aSecondRunFindsEverythingDone() {
        CommandRun.of("prepare", "--data", data, "--out", out);
        CommandRun again = CommandRun.of("prepare", "--data", data, "--out", out);
        assertEquals(0, again.exitCode(), again.err());
        assertTrue(again.out().contains("(done earlier)"), again.out());
    }

    @Test
    void impossibleNumbersAreUsageErrors() {
        for (Object[] wrong : new Object[][] {{"--max-pairs", 0}, {"--min-overlap", 2}, {"--max-rotation", 190},
            {"--threads", 0}, {"--max-side", 3}, {"--format", "gif"}}) {
            CommandRun run = CommandRun.of("prepare", "--data", data, "--out", out, wrong[0], wrong[1]);
            assertEquals(2, run.exitCode(), run.err());
            assertTrue(run.err().matches("tiepoint: [^\n]+ \\(see tiepoint prepare --help\\)\n"), run.err());
        }
    }

    @Test
    void theLineNamesWhatWasDroppedAndWhatContradicts() {
        SceneReport report = new SceneReport("hall", 10, 1, 20, 45, Map.of(DropReason.LITTLE_OVERLAP, 20L,
                DropReason.CONTRADICTED, 5L), 25, 2);
        assertEquals("hall: 10 photos (1 unreadable), 20 of 45 pairs (dropped: 20 little overlap, 5 contradicted)"
                + "; of 25 verified 20.0 % contradict the poses, 2 have too few matches to tell",
                PrepareCommand.line(report));
    }
}
