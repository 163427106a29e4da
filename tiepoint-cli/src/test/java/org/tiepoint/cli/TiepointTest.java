package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TiepointTest {
    @Test
    void versionComesFromTheProject() {
        CommandRun run = CommandRun.of("--version");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().matches("tiepoint \\d+\\.\\d+\\.\\d+(-\\S+)? \\(Java \\d+, .+\\)\n"), run.out());
    }

    @Test
    void withoutACommandSaysSo() {
        CommandRun run = CommandRun.of();
        assertEquals(2, run.exitCode());
        assertEquals("tiepoint: missing command, such as render, train or match (see tiepoint --help)\n", run.err());
    }

    @Test
    void anUnknownOptionIsAUsageErrorOfOneLine() {
        CommandRun run = CommandRun.of("--vresion");
        assertEquals(2, run.exitCode());
        assertEquals("tiepoint: unknown option '--vresion'; did you mean --version? (see tiepoint --help)\n",
                run.err());
        assertEquals("", run.out());
    }
}
