package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.recipe.RecipeFile;

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

    /** Of single photos, a few crops a step. */
    private Path tinyHndesc() throws IOException {
        return Files.writeString(folder.resolve("hndesc.yaml"), RecipeFile.text("hndesc-small")
                .replaceAll("(?s)network:\n.*?data:", "network: {backbone: patch, dimension: 8, width: 2}\ndata:")
                .replace("side: 192", "side: 40").replace("batch: 8", "batch: 2"));
    }

    @Test
    void photosWithoutPosesTrainHndesc() throws IOException {
        TinyTraining training = TinyTraining.prepare(folder);
        Path photos = training.view(0).getParent();
        Path copies = folder.resolve("copies");
        Path keypoints = folder.resolve("features.h5");
        assertEquals(0, CommandRun.of("stylise", "--images", photos, "--out", copies).exitCode());
        assertEquals(0, CommandRun.of("extract", "--images", photos, "--model", "rootsift", "--format",
                "h5", "--out", keypoints).exitCode());
        CommandRun run = CommandRun.of("train", tinyHndesc(), "--images", photos, "--stylised", copies, "--keypoints",
                keypoints, "--out", training.model(), "--steps", 2, "--threads", 1);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains("2 photos of 1 scenes, 2 of them stylised, 1 held out; patch network"),
                run.err());
        assertTrue(run.err().contains("step 2: shareMatched 0."), run.err());
        CommandRun match = CommandRun.of("match", training.view(0), training.view(1), "--model", training.model());
        assertEquals(0, match.exitCode(), match.err());
    }

    @Test
    void keyPointsOfOtherPhotosAreRefused() throws IOException {
        TinyTraining training = TinyTraining.prepare(folder);
        Path photos = training.view(0).getParent();
        Path empty = Files.createDirectory(folder.resolve("npz"));
        CommandRun run = CommandRun.of("train", tinyHndesc(), "--images", photos, "--keypoints", empty, "--out",
                training.model(), "--threads", 1);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("has no 00") && run.err().contains("extract the features of this photo"),
                run.err());
        CommandRun copies = CommandRun.of("train", tinyHndesc(), "--images", photos, "--stylised", empty, "--out",
                training.model());
        assertEquals(1, copies.exitCode());
        assertTrue(copies.err().startsWith("tiepoint: " + empty + " has no copy of any photo"), copies.err());
    }

    @Test
    void methodsThatLearnFromPosesNeedThem() {
        CommandRun run = CommandRun.of("train", "caps-small", "--images", folder, "--out", folder.resolve("m"));
        assertEquals(2, run.exitCode());
        assertEquals("tiepoint: caps learns from posed photos: give a folder of them with --data (see tiepoint train"
                + " --help)\n", run.err());
        CommandRun nothing = CommandRun.of("train", "hndesc-small", "--out", folder.resolve("m"));
        assertEquals(2, nothing.exitCode());
        assertTrue(nothing.err().contains("give --data or --images"), nothing.err());
    }

    @Test
    void weightsOfTermsAreGivenByName() throws IOException {
        CommandRun unknown = CommandRun.of("train", "mixed-small", "--data", folder, "--loss", "cycel=1", "--out",
                folder.resolve("m"));
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("--loss: 'cycel' is no term of the loss"), unknown.err());
        CommandRun other = CommandRun.of("train", "caps-small", "--data", folder, "--loss", "cycle=1", "--out",
                folder.resolve("m"));
        assertEquals(1, other.exitCode());
        assertTrue(other.err().contains("only recipes of the method mixed have terms to weigh"), other.err());
    }
}
