package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.network.CompactNet;
import org.tiepoint.network.PatchNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.onnx.ModelCard;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;

/** A network with random values, on one rendered scene: what is shown and written, not how good it gets. */
class AdaptCommandTest {
    @TempDir
    static Path folder;

    private static Path scene;
    private static Path model;
    private static Path recipe;

    @BeforeAll
    static void write() throws IOException {
        scene = folder.resolve("town");
        assertEquals(0, CommandRun.of("render", "--out", scene, "--scenes", 1, "--views", 10, "--size", "128x96")
                .exitCode());
        model = folder.resolve("compact.safetensors");
        recipe = Files.writeString(folder.resolve("tiny.yaml"), RecipeFile.text("adapt").replace("width: 320",
                "width: 128").replace("height: 256", "height: 96").replace("side: 192", "side: 64")
                .replace("batch: 6", "batch: 2"));
        try (CompactNet network = new CompactNet(new CompactNet.Options(16, 4, 1, 8), 1, Device.CPU)) {
            new TrainingCheckpoint(3, 1, RecipeFile.text("compact-s"), Map.of(), Map.of(), ParameterStore.store(
                    StoredNames.with(StoredNames.DESCRIPTOR, network.parameters().all())), Map.of()).write(model);
        }
    }

    private static CommandRun adapt(Path from, Path out, Object... more) {
        Object[] arguments = new Object[11 + more.length];
        System.arraycopy(new Object[] {"adapt", "--data", scene, "--model", from, "--out", out, "--recipe", recipe,
            "--threads", 1}, 0, arguments, 0, 11);
        System.arraycopy(more, 0, arguments, 11, more.length);
        return CommandRun.of(arguments);
    }

    @Test
    void showsBeforeAndAfterAndWritesAModelThatMatches() throws IOException {
        Path exported = folder.resolve("exported.onnx");
        assertEquals(0, CommandRun.of("export", "--model", model, "--out", exported, "--training-data", "nothing")
                .exitCode());
        Path out = folder.resolve("new/adapted.onnx");
        CommandRun run = adapt(exported, out, "--steps", 1);
        assertEquals(0, run.exitCode(), run.err());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).matches("\\d+ pairs with 2 views kept back, \\d pairs? of two such views; .*"),
                lines.get(0));
        assertTrue(lines.get(1).matches(" +before +after"), lines.get(1));
        for (String name : List.of("MMA@1", "MMA@3", "MMA@5", "matches", "inliers", "AUC@5", "AUC@10", "AUC@20",
                "overall")) {
            assertTrue(lines.stream().anyMatch(line -> line.matches(name + " +[0-9.]+ +[0-9.]+")), name);
        }
        assertTrue(run.out().contains("help (") || run.out().contains("helped ("), run.out());
        assertTrue(run.err().contains("8 photos of 1 scenes") && run.err().contains("after 1 steps: ")
                && run.err().contains("after 1 steps with 50 % of the change: "), run.err());
        ModelCard card = ModelCard.parse(Files.readString(folder.resolve("new/adapted.json")), "card");
        boolean helped = run.out().contains("\nhelped (");
        assertEquals(helped ? "nothing; adapted to scene-000" : "nothing",
                card.training().data().replace(" with 50 % of the change", ""));
        assertEquals(helped ? 1 : 3, card.training().steps());
        Path photo;
        try (var photos = Files.walk(scene)) {
            photo = photos.filter(file -> file.toString().endsWith(".jpg") || file.toString().endsWith(".png"))
                    .findFirst().orElseThrow();
        }
        assertEquals(0, CommandRun.of("match", photo, photo, "--model", out).exitCode());
    }

    @Test
    void whatCannotBeAdaptedIsSaidInOneLine() throws IOException {
        Path patch = folder.resolve("patch.safetensors");
        try (PatchNet network = new PatchNet(new PatchNet.Options(16, 4), 1, Device.CPU)) {
            new TrainingCheckpoint(3, 1, RecipeFile.text("hndesc"), Map.of(), Map.of(), ParameterStore.store(
                    StoredNames.with(StoredNames.DESCRIPTOR, network.parameters().all())), Map.of()).write(patch);
        }
        Path out = folder.resolve("none/a.onnx");
        assertOneLine(adapt(patch, out), 1, "only compact networks are adapted");
        assertOneLine(adapt(folder.resolve("none.onnx"), out), 1, "none.onnx", "no such file");
        assertOneLine(adapt(model, folder.resolve("a.pt")), 2, "a.pt", ".onnx");
        assertOneLine(adapt(model, out, "--minutes", 0), 2, "--minutes is 0.0");
        assertOneLine(adapt(model, out, "--steps", 0), 2, "--steps is 0");
        Path few = folder.resolve("few");
        assertEquals(0, CommandRun.of("render", "--out", few, "--scenes", 1, "--views", 3, "--size", "96x64")
                .exitCode());
        assertOneLine(CommandRun.of("adapt", "--data", few, "--model", model, "--out", out), 1, "give more photos");
        assertOneLine(CommandRun.of("adapt", "--data", scene, "--model", model, "--out", out, "--recipe",
                "caps-small"), 1, "a recipe of the method mixed is needed");
        assertFalse(Files.exists(out.getParent()));
    }

    private static void assertOneLine(CommandRun run, int exitCode, String... said) {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().matches("tiepoint: [^\n]+\n"), run.err());
        for (String words : said) {
            assertTrue(run.err().contains(words), () -> "'" + words + "' in " + run.err());
        }
    }
}
