package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchmarkMatchingCommandTest {
    private static final Pattern PAIRS = Pattern.compile("pairs: (\\d+) and (\\d+); (\\d+) the same, (\\d+) others tie");

    @Test
    void findsThePairsThatOpenCvFinds() {
        CommandRun run = CommandRun.of("benchmark", "matching", "--keypoints", "700", "--dimension", "32",
                "--repetitions", "1");
        assertEquals(0, run.exitCode(), run.err());
        Matcher pairs = PAIRS.matcher(run.out());
        assertTrue(pairs.find(), run.out());
        assertEquals(pairs.group(1), pairs.group(2));
        assertTrue(Integer.parseInt(pairs.group(1)) >= 350, run.out());
        assertEquals(Integer.parseInt(pairs.group(1)),
                Integer.parseInt(pairs.group(3)) + Integer.parseInt(pairs.group(4)));
    }

    @Test
    void refusesImpossibleNumbers() {
        CommandRun run = CommandRun.of("benchmark", "matching", "--keypoints", "1");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("--keypoints is 1: it must be at least 2"), run.err());
    }

    @Test
    void theRecipeIsNeededWithoutIt() {
        CommandRun run = CommandRun.of("benchmark");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("RECIPE"), run.err());
    }
}
