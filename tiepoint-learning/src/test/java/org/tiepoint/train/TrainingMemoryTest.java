package org.tiepoint.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.model.CapsDescriber;
import org.tiepoint.network.ResUNet;
import org.tiepoint.objective.caps.CapsLearner;
import org.tiepoint.objective.caps.CapsObjective;
import org.tiepoint.objective.caps.CapsSample;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Engine;
import org.tiepoint.testing.TinyTraining;

/** Native memory that is not freed shows within some hundred steps: a step makes about 20 MB of tensors. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the resident size is read from /proc")
class TrainingMemoryTest {
    private static final long ALLOWED_GROWTH = 40L << 20;

    @Test
    void trainingStepsKeepNoMemory() throws Exception {
        CapsRecipe recipe = TinyTraining.parse(TinyTraining.with(TinyTraining.recipe(1), "width", 64));
        double[] fundamental = {0, 0, 0, 0, 0, -1, 0, 1, 0};
        float[] queries = new float[2 * 40];
        for (int i = 0; i < queries.length; i++) {
            queries[i] = i % 64;
        }
        CapsSample sample = new CapsSample("noise", noise(64, 64, 1), noise(64, 64, 2), queries, fundamental,
                new double[0]);
        Engine.setThreads(1);
        try (CapsLearner learner = new CapsLearner(recipe, Device.CPU);
                Adam adam = new Adam(learner.parameters())) {
            TrainingStep<CapsSample> step = new TrainingStep<>(recipe.optimisation(), learner, adam, CapsSample::name);
            assertFlat(40, 140, i -> step.run(List.of(sample), i));
        }
    }

    @Test
    void samplesAndValidationsKeepNoMemory(@TempDir Path folder) throws Exception {
        Engine.setThreads(1);
        CapsRecipe recipe = TinyTraining.parse(TinyTraining.recipe(1));
        List<PosedCollection> scenes = TinyTraining.scenes(folder, 3);
        CapsObjective objective = new CapsObjective(recipe, scenes);
        try (CapsLearner learner = objective.learner(Device.CPU)) {
            assertFlat(20, 100, i -> {
                objective.samples(i).get(0).call();
                objective.validate(learner, i);
            });
        }
    }

    /** Parameters and moments are freed by close(), wherever they were made. */
    @Test
    void aClosedNetworkLeavesNothing() throws IOException {
        CapsRecipe recipe = TinyTraining.parse(TinyTraining.recipe(1));
        long pointers = Pointer.totalCount();
        try (ResUNet network = new ResUNet(recipe.network(), 1, Device.CPU);
                Adam adam = new Adam(network.parameters())) {
            assertTrue(Pointer.totalCount() >= pointers + adam.firstMoments().size());
        }
        assertTrue(Pointer.totalCount() <= pointers, (Pointer.totalCount() - pointers) + " native objects are left");
    }

    @Test
    void descriptionsKeepNoMemory() throws Exception {
        Engine.setThreads(1);
        Image image = noise(64, 48, 3);
        Keypoints keypoints = Keypoints.ofPositions(new float[] {10, 10, 20.5f, 30});
        try (CapsDescriber describer = CapsDescriber.untrained(TinyTraining.parse(TinyTraining.recipe(1)),
                Optional.empty())) {
            assertFlat(50, 250, i -> describer.describe(image, keypoints));
        }
    }

    @FunctionalInterface
    private interface Work {
        void run(int i) throws Exception;
    }

    private static void assertFlat(int warmUp, int total, Work work) throws Exception {
        for (int i = 0; i < warmUp; i++) {
            work.run(i);
        }
        long pointers = Pointer.totalCount();
        long before = residentBytes();
        for (int i = warmUp; i < total; i++) {
            work.run(i);
        }
        assertTrue(Pointer.totalCount() <= pointers, "native objects are left that no scope has freed");
        long growth = residentBytes() - before;
        assertTrue(growth < ALLOWED_GROWTH, "grew by " + (growth >> 20) + " MiB from " + (before >> 20) + " MiB");
    }

    /** Without the Java heap's share, which grows as it likes: it is collected first. */
    private static long residentBytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }

    private static Image noise(int width, int height, long seed) {
        byte[] rgb = new byte[3 * width * height];
        new SplittableRandom(seed).nextBytes(rgb);
        return new Image(width, height, rgb);
    }
}
