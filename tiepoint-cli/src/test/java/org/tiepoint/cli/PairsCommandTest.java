package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.dataset.pairs.PairsFile;

class PairsCommandTest {
    @TempDir
    static Path folder;

    private static Path scene;
    private static Path images;

    @BeforeAll
    static void render() throws IOException {
        Path rendered = folder.resolve("rendered");
        assertEquals(0, CommandRun.of("render", "--out", rendered, "--scenes", 1, "--views", 6, "--size", "160x120")
                .exitCode());
        scene = rendered;
        try (var files = Files.walk(rendered)) {
            images = files.filter(file -> file.getFileName().toString().equals("images")).findFirst().orElseThrow();
        }
    }

    private static List<NamePair> pairs(Object... arguments) throws IOException {
        Path out = folder.resolve("pairs.txt");
        Files.deleteIfExists(out);
        Object[] all = new Object[arguments.length + 5];
        all[0] = "pairs";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        System.arraycopy(new Object[] {"--images", images, "--out", out}, 0, all, arguments.length + 1, 4);
        CommandRun run = CommandRun.of(all);
        assertEquals(0, run.exitCode(), run.err());
        List<NamePair> pairs = PairsFile.read(out);
        assertEquals(pairs.size() + " pairs of 6 images, in " + out + "\n", run.out());
        return pairs;
    }

    @Test
    void everyKindGivesPairs() throws IOException {
        assertEquals(15, pairs("exhaustive").size());
        assertEquals(5, pairs("sequential", "--overlap", 1).size());
        // each of the two images looked up has four beyond the overlap, one of them the other
        assertEquals(5 + 7, pairs("sequential", "--overlap", 1, "--loop-every", 5).size());
        List<NamePair> retrieved = pairs("retrieval", "--top", 1);
        assertTrue(retrieved.size() >= 3 && retrieved.size() <= 6, retrieved.toString());
        List<NamePair> posed = pairs("poses", "--scene", scene, "--top", 2);
        assertTrue(posed.size() >= 5 && posed.size() <= 12, posed.toString());
        Path list = folder.resolve("list.txt");
        PairsFile.write(list, posed);
        assertEquals(posed.size(), pairs("list", "--list", list).size());
    }

    @Test
    void whatIsMissingIsAUsageError() {
        for (Object[] wrong : new Object[][] {{"poses"}, {"list"}, {"nearest"}, {"retrieval", "--top", 0},
            {"sequential", "--overlap", 0}, {"sequential", "--loop-every", -1}, {"retrieval", "--min-score", 2}}) {
            Object[] all = new Object[wrong.length + 5];
            all[0] = "pairs";
            System.arraycopy(wrong, 0, all, 1, wrong.length);
            System.arraycopy(new Object[] {"--images", images, "--out", folder.resolve("no.txt")}, 0, all,
                    wrong.length + 1, 4);
            CommandRun run = CommandRun.of(all);
            assertEquals(2, run.exitCode(), run.err());
            assertTrue(run.err().matches("tiepoint: [^\n]+ \\(see tiepoint pairs --help\\)\n"), run.err());
        }
        assertFalse(Files.exists(folder.resolve("no.txt")));
    }
}
