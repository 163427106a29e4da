package org.tiepoint.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.checkpoint.CheckpointException;
import org.tiepoint.checkpoint.SafeTensors;
import org.tiepoint.checkpoint.StoredTensor;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.dataset.ImagePair;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.geometry.Pose;
import org.tiepoint.objective.ValidationReport;
import org.tiepoint.objective.caps.CapsObjective;
import org.tiepoint.objective.caps.CapsSample;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.tensor.Device;
import org.tiepoint.testing.TinyTraining;

/** One unbroken training of 8 steps, and what becomes of it when it is broken off and resumed in several ways. */
class TrainerTest {
    private static final int STEPS = 8;
    private static final int KILLED_AFTER = 5;
    private static final TrainingListener SILENT = new TrainingListener() { };
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static List<PosedCollection> scenes;
    private static Path unbroken;
    private static Path killed;

    @BeforeAll
    static void trainsWithoutABreak() throws IOException, InterruptedException {
        scenes = TinyTraining.scenes(folder.resolve("scenes"), 3);
        unbroken = folder.resolve("unbroken");
        killed = folder.resolve("killed");
        // what a kill -9 leaves: the folder as it is two steps after the last checkpoint
        train(STEPS, unbroken, false, new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == KILLED_AFTER + 1) {
                    copy(unbroken, killed);
                }
            }
        });
    }

    private static Optional<ValidationReport> train(int steps, Path out, boolean resume, TrainingListener listener)
            throws IOException, InterruptedException {
        return TinyTraining.trainer(TinyTraining.recipe(steps), scenes, out, resume, listener).run();
    }

    @Test
    void leavesMetricsRecipeAndCheckpoints() throws IOException {
        List<JsonNode> lines = metrics(unbroken);
        List<JsonNode> steps = lines.stream().filter(line -> line.path("kind").asText().equals("step")).toList();
        assertEquals(STEPS, steps.size());
        for (int i = 0; i < STEPS; i++) {
            assertEquals(i + 1, steps.get(i).path("step").asInt());
            for (String term : List.of("loss", "epipolar_coarse", "epipolar_fine", "cycle_coarse", "cycle_fine",
                    "std", "learningRate", "seconds")) {
                double value = steps.get(i).path(term).asDouble(Double.NaN);
                assertTrue(Double.isFinite(value) && value >= 0, term + " of step " + (i + 1) + " is " + value);
            }
        }
        assertEquals(List.of(0, 4, 8), lines.stream().filter(line -> line.path("kind").asText().equals("validation"))
                .map(line -> line.path("step").asInt()).toList());
        assertEquals(TinyTraining.recipe(STEPS), Files.readString(unbroken.resolve("recipe.yaml")));
        TrainingCheckpoint last = TrainingCheckpoint.read(unbroken.resolve(Trainer.LAST));
        assertEquals(STEPS, last.step());
        TrainingCheckpoint best = TrainingCheckpoint.read(unbroken.resolve(Trainer.BEST));
        assertTrue(best.optimizer().isEmpty());
        assertEquals(last.model().keySet(), best.model().keySet());
        assertEquals(best.step(), last.metrics().get("best.step").longValue());
        assertEquals(2 * last.model().keySet().stream().filter(name -> !name.contains("running")).count(),
                last.optimizer().size());
        try (Stream<Path> files = Files.list(unbroken)) {
            assertEquals(5, files.count(), "checkpoints, recipe, metrics and one event file");
        }
    }

    @Test
    void aKilledTrainingGoesOnToTheBit() throws IOException, InterruptedException {
        assertEquals(3, TrainingCheckpoint.read(killed.resolve(Trainer.LAST)).step());
        assertEquals(KILLED_AFTER,
                metrics(killed).stream().mapToInt(line -> line.path("step").asInt()).max().orElse(0));
        Files.writeString(killed.resolve("metrics.jsonl"), "{\"kind\":\"step\",\"st", StandardOpenOption.APPEND);
        Optional<ValidationReport> report = train(STEPS, killed, true, SILENT);
        assertEquals(STEPS, report.orElseThrow().step());
        assertSameTraining(killed);
        assertEquals(metrics(unbroken), metrics(killed));
        assertSameTensors(unbroken.resolve(Trainer.BEST), killed.resolve(Trainer.BEST));
    }

    @Test
    void aStoppedTrainingGoesOnToTheBit() throws IOException, InterruptedException {
        Path out = folder.resolve("stopped");
        List<Trainer> trainer = new ArrayList<>();
        trainer.add(TinyTraining.trainer(TinyTraining.recipe(STEPS), scenes, out, false, new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == 2) {
                    trainer.get(0).stop();
                }
            }
        }));
        trainer.get(0).run();
        assertEquals(2, TrainingCheckpoint.read(out.resolve(Trainer.LAST)).step());
        train(STEPS, out, true, new TrainingListener() {
            @Override
            public boolean wantsToStop() {
                return true;
            }
        });
        assertEquals(3, TrainingCheckpoint.read(out.resolve(Trainer.LAST)).step());
        train(STEPS, out, true, SILENT);
        assertSameTraining(out);
    }

    @Test
    void moreStepsMayBeAskedForButNotFewer() throws IOException, InterruptedException {
        Path out = copy(unbroken, folder.resolve("longer"));
        train(STEPS + 1, out, true, SILENT);
        assertEquals(STEPS + 1, TrainingCheckpoint.read(out.resolve(Trainer.LAST)).step());
        String message = problem(TinyTraining.recipe(STEPS), scenes, out, true);
        assertTrue(message.endsWith(Trainer.LAST + ", step: the training has done 9 steps, more than the 8 asked for"),
                message);
    }

    @Test
    void refusesToResumeAnotherTraining() throws IOException {
        String recipe = TinyTraining.recipe(STEPS);
        assertEquals(unbroken + " already holds a training (last.safetensors): give --resume to go on with it, or"
                + " another folder", problem(recipe, scenes, unbroken, false));
        String other = TinyTraining.with(recipe, "seed", 2);
        assertEquals(unbroken.resolve(Trainer.LAST) + ", recipe: the training was started with another recipe: resume"
                + " with " + unbroken.resolve("recipe.yaml") + ", or start in another folder",
                problem(other, scenes, unbroken, true));
        PosedCollection scene = scenes.get(0);
        PosedImage image = scene.images().get(0);
        Pose moved = new Pose(image.pose().rotation(), new double[] {0, 0, 1});
        for (PosedCollection data : List.of(
                with(scene, scene.images(), scene.pairs().subList(0, scene.pairs().size() - 1)),
                with(scene, first(scene, new PosedImage("other", image.file(), image.camera(), image.pose())),
                        scene.pairs()),
                with(scene, first(scene, new PosedImage(image.name(), image.file(), image.camera(), moved)),
                        scene.pairs()))) {
            String message = problem(recipe, List.of(data), unbroken, true);
            assertTrue(message.startsWith(unbroken.resolve(Trainer.LAST)
                    + ", data: the training was started with 1 scenes, "), message);
            assertTrue(message.endsWith(": give the same --data, or start in another folder"), message);
        }
        assertEquals(STEPS, metrics(unbroken).stream().mapToInt(line -> line.path("step").asInt()).max().orElse(0));
        assertEquals(recipe, Files.readString(unbroken.resolve("recipe.yaml")));
    }

    private static PosedCollection with(PosedCollection scene, List<PosedImage> images, List<ImagePair> pairs) {
        return new PosedCollection(scene.name(), images, pairs, scene.points(), scene.depths());
    }

    private static List<PosedImage> first(PosedCollection scene, PosedImage image) {
        List<PosedImage> images = new ArrayList<>(scene.images());
        images.set(0, image);
        return images;
    }

    @Test
    void aDamagedCheckpointIsNamed() throws IOException {
        Path out = copy(unbroken, folder.resolve("damaged"));
        byte[] bytes = Files.readAllBytes(out.resolve(Trainer.LAST));
        Files.write(out.resolve(Trainer.LAST), Arrays.copyOf(bytes, bytes.length / 2));
        String message = problem(TinyTraining.recipe(STEPS), scenes, out, true);
        assertTrue(message.startsWith(out.resolve(Trainer.LAST).toString()), message);
    }

    @Test
    void aLossThatIsNoNumberEndsTheTraining() throws IOException {
        Path out = copy(unbroken, folder.resolve("diverged"));
        byte[] spoilt = spoil(out.resolve(Trainer.LAST), "conv_fine.conv.weight", true);
        String message = assertThrows(TrainingDivergedException.class, () -> train(STEPS + 3, out, true, SILENT))
                .getMessage();
        assertTrue(message.matches("training diverged at step 9: the term epipolar_fine is NaN on the pairs "
                + scenes.get(0).name() + " \\d{3}\\.png \\d{3}\\.png; the last checkpoint is kept: lower learningRate"
                + " in the recipe, or look at these pairs"), message);
        assertArrayEquals(spoilt, Files.readAllBytes(out.resolve(Trainer.LAST)));
    }

    /** The loss of the step is finite, what Adam makes of it is not: the next checkpoint must not take it over. */
    @Test
    void aSpoiltParameterReachesNoCheckpoint() throws IOException {
        Path out = copy(unbroken, folder.resolve("spoilt"));
        byte[] before = spoil(out.resolve(Trainer.LAST), "first.conv_fine.conv.weight", false);
        TrainingDivergedException e = assertThrows(TrainingDivergedException.class,
                () -> train(STEPS + 1, out, true, SILENT));
        assertEquals("training diverged at step 9: conv_fine.conv.weight holds numbers that are not finite; the last"
                + " checkpoint is kept: lower learningRate in the recipe", e.getMessage());
        assertArrayEquals(before, Files.readAllBytes(out.resolve(Trainer.LAST)));
    }

    @Test
    void anOutputFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        String recipe = TinyTraining.recipe(STEPS);
        assertEquals("cannot make the folder " + file + ": " + file + " is a file",
                problem(recipe, scenes, file, false));
        String below = problem(recipe, scenes, file.resolve("out"), false);
        assertTrue(below.startsWith("cannot make the folder " + file.resolve("out") + ": "), below);
        Path out = folder.resolve("blocked");
        Files.createDirectories(out.resolve("recipe.yaml"));
        assertEquals("cannot write " + out.resolve("recipe.yaml") + ": it is a folder; give the name of a file",
                problem(recipe, scenes, out, false));
    }

    /** The loader's threads finish in any order; the samples are the same. */
    @Test
    void theNumberOfLoaderThreadsChangesNothing() throws IOException, InterruptedException {
        CapsRecipe recipe = TinyTraining.parse(TinyTraining.with(TinyTraining.recipe(STEPS), "batch", 3));
        CapsObjective objective = new CapsObjective(recipe, scenes);
        try (BatchLoader<CapsSample> one = new BatchLoader<>(objective::samples, 2, 6, 1);
                BatchLoader<CapsSample> four = new BatchLoader<>(objective::samples, 2, 6, 4)) {
            for (int step = 2; step < 6; step++) {
                List<CapsSample> expected = one.next();
                List<CapsSample> actual = four.next();
                assertEquals(3, expected.size());
                for (int i = 0; i < expected.size(); i++) {
                    assertEquals(expected.get(i).name(), actual.get(i).name());
                    assertArrayEquals(expected.get(i).first().rgb(), actual.get(i).first().rgb());
                    assertArrayEquals(expected.get(i).second().rgb(), actual.get(i).second().rgb());
                    assertArrayEquals(expected.get(i).queries(), actual.get(i).queries());
                    assertArrayEquals(expected.get(i).fundamental(), actual.get(i).fundamental());
                }
            }
        }
    }

    @Test
    void optionsAreChecked() {
        assertThrows(IllegalArgumentException.class,
                () -> new Trainer.Options(folder, false, Device.CPU, 0, Optional.empty(), Optional.empty()));
        PosedCollection scene = scenes.get(0);
        PosedCollection single = new PosedCollection("single", scene.images().subList(0, 1), List.of(),
                scene.points(), scene.depths());
        assertEquals("no pair to train on: give photos that overlap", assertThrows(IllegalArgumentException.class,
                () -> TinyTraining.trainer(TinyTraining.recipe(1), List.of(single), folder, false, SILENT))
                .getMessage());
    }

    /** Same losses of every step, and the same parameters, statistics and moments in the end. */
    private static void assertSameTraining(Path resumed) throws IOException {
        assertEquals(steps(unbroken), steps(resumed));
        assertSameTensors(unbroken.resolve(Trainer.LAST), resumed.resolve(Trainer.LAST));
    }

    private static void assertSameTensors(Path expected, Path actual) throws IOException {
        Map<String, StoredTensor> a = SafeTensors.read(expected).tensors();
        Map<String, StoredTensor> b = SafeTensors.read(actual).tensors();
        assertEquals(List.copyOf(a.keySet()), List.copyOf(b.keySet()));
        a.forEach((name, tensor) -> assertArrayEquals(tensor.data(), b.get(name).data(), name));
    }

    private static List<JsonNode> steps(Path out) throws IOException {
        return metrics(out).stream().filter(line -> line.path("kind").asText().equals("step")).toList();
    }

    /** The lines of a training, but for the time that steps took: doubles are equal when they are equal to the bit. */
    private static List<JsonNode> metrics(Path out) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve("metrics.jsonl"))) {
            ObjectNode node = (ObjectNode) JSON.readTree(line);
            if (node.path("kind").asText().equals("step")) {
                assertTrue(node.path("seconds").asDouble() > 0);
                node.put("seconds", 1);
            }
            lines.add(node);
        }
        return lines;
    }

    /** The one-line message of a training that must not start. */
    private static String problem(String recipe, List<PosedCollection> data, Path out, boolean resume) {
        String message = assertThrows(IOException.class,
                () -> TinyTraining.trainer(recipe, data, out, resume, SILENT).run()).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    /** Sets a tensor of a checkpoint to NaN; gives the file's new content. */
    private static byte[] spoil(Path file, String name, boolean model) throws IOException {
        TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>(model ? checkpoint.model() : checkpoint.optimizer());
        float[] values = tensors.get(name).toFloats();
        Arrays.fill(values, Float.NaN);
        tensors.put(name, StoredTensor.ofFloats(tensors.get(name).shape(), values));
        new TrainingCheckpoint(checkpoint.step(), checkpoint.seed(), checkpoint.recipe(), checkpoint.metrics(),
                checkpoint.state(), model ? tensors : checkpoint.model(), model ? checkpoint.optimizer() : tensors)
                .write(file);
        return Files.readAllBytes(file);
    }

    private static Path copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
