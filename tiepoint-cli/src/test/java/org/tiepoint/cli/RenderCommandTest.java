package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;

class RenderCommandTest {
    @TempDir
    Path folder;

    @Test
    void rendersScenesThatTheReadersOpen() throws IOException {
        CommandRun run = CommandRun.of("render", "--out", folder, "--scenes", 2, "--views", 2, "--size", "64x48",
                "--seed", 5);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("scenes: 2 of 2 views each, in " + folder + "\n", run.out());
        List<PosedCollection> scenes = PosedCollections.open(folder);
        assertEquals(List.of("synthetic-5", "synthetic-6"), scenes.stream().map(PosedCollection::name).toList());
        assertEquals(2, scenes.get(0).images().size());
        assertEquals(64, scenes.get(0).images().get(0).camera().width());
    }

    @Test
    void impossibleNumbersAreUsageErrors() {
        for (String[] wrong : new String[][] {{"--views", "0"}, {"--scenes", "0"}, {"--size", "8x8"},
            {"--size", "64"}, {"--light-change", "2"}}) {
            CommandRun run = CommandRun.of("render", "--out", folder, wrong[0], wrong[1]);
            assertEquals(2, run.exitCode(), run.err());
            assertTrue(run.err().matches("tiepoint: [^\n]+ \\(see tiepoint render --help\\)\n"), run.err());
        }
    }
}
