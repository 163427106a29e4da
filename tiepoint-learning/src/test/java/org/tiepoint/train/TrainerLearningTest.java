package org.tiepoint.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.testing.TinyTraining;

class TrainerLearningTest {
    /** The loss knows epipolar lines only; held-out pairs come nearer to the lines and to the true locations. */
    @Test
    void sixtyStepsOnOneSceneMoveHeldOutPairsToTheirLines(@TempDir Path folder)
            throws IOException, InterruptedException {
        String recipe = TinyTraining.with(TinyTraining.recipe(60), "validateEvery", 60);
        recipe = TinyTraining.with(TinyTraining.with(recipe, "seed", 3), "checkpointEvery", 60);
        List<ValidationReport> reports = new ArrayList<>();
        TinyTraining.trainer(recipe, TinyTraining.scenes(folder.resolve("scenes"), 3), folder.resolve("out"), false,
                new TrainingListener() {
                    @Override
                    public void validated(ValidationReport report) {
                        reports.add(report);
                    }
                }).run();
        assertEquals(2, reports.size());
        ValidationReport before = reports.get(0);
        ValidationReport after = reports.get(1);
        assertTrue(metric(after, "medianPixels") < metric(before, "medianPixels") / 2, reports.toString());
        assertTrue(metric(after, "shareUnder5") > metric(before, "shareUnder5") + 0.2, reports.toString());
        assertTrue(metric(after, "trueMedianPixels") < 0.8 * metric(before, "trueMedianPixels"),
                reports.toString());
        assertTrue(after.loss() < before.loss(), reports.toString());
    }

    private static double metric(ValidationReport report, String name) {
        return report.metrics().get(name);
    }
}
