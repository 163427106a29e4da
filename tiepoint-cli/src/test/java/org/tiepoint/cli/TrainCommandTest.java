package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir
    Path folder;

    @Test
    void trainsShowsProgressAndResumes() throws IOException {
        TinyTraining training = TinyTraining.prepare(folder);
        CommandRun run = training.train("--steps", 2);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("model: " + training.model() + "\nnext: tiepoint match LEFT RIGHT --model " + training.model()
                + "\n", run.out());
        assertTrue(run.err().contains("1 scenes, ") && run.err().contains("step 2: shareUnder5 0."), run.err());
        for (String file : new String[] {"last.safetensors", "best.safetensors", "recipe.yaml", "metrics.jsonl"}) {
            assertTrue(Files.exists(training.model().resolve(file)), file);
        }

        CommandRun again = training.train("--steps", 3);
        assertEquals(1, again.exitCode());
        assertTrue(again.err().matches("tiepoint: [^\n]+--resume[^\n]+\n"), again.err());

        CommandRun resumed = training.train("--steps", 3, "--resume");
        assertEquals(0, resumed.exitCode(), resumed.err());
        assertTrue(resumed.err().contains("step 3: shareUnder5 0."), resumed.err());
        assertFalse(resumed.err().contains("step 0: "), resumed.err());
    }

    @Test
    void minutesEndTheTrainingWithACheckpoint() throws IOException {
        TinyTraining training = TinyTraining.prepare(folder);
        CommandRun run = training.train("--minutes", 1e-9);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains("step 1: shareUnder5 0."), run.err());
        assertTrue(Files.exists(training.model().resolve("last.safetensors")));
    }

    @Test
    void aMistypedKeyOfTheRecipeNamesTheNearest() throws IOException {
        TinyTraining training = TinyTraining.prepare(folder);
        Files.writeString(training.recipe(), Files.readString(training.recipe()).replace("learningRate:",
                "learningRat:"));
        CommandRun run = training.train();
        assertEquals(1, run.exitCode());
        assertTrue(run.err().matches("tiepoint: [^\n]+learningRat[^\n]+did you mean learningRate[^\n]+\n"), run.err());
    }

    @Test
    void anUnknownRecipeNamesThoseThatThereAre() {
        CommandRun run = CommandRun.of("train", "caps-tiny", "--data", folder, "--out", folder.resolve("m"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().matches("tiepoint: [^\n]+caps-tiny[^\n]+caps-small[^\n]*\n"), run.err());
    }

    @Test
    void impossibleValuesAreUsageErrors() {
        for (Object[] wrong : new Object[][] {{"--steps", 0}, {"--threads", 0}, {"--minutes", -1}, {"--device",
            "tpu"}, {"--steps", "many"}}) {
            CommandRun run = CommandRun.of("train", "caps-small", "--data", folder, "--out", folder.resolve("m"),
                    wrong[0], wrong[1]);
            assertEquals(2, run.exitCode(), run.err());
            assertTrue(run.err().matches("tiepoint: [^\n]+ \\(see tiepoint train --help\\)\n"), run.err());
        }
    }
}
