package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.checkpoint.ParameterStore;
import org.tiepoint.checkpoint.TrainingCheckpoint;
import org.tiepoint.model.ModelExport;
import org.tiepoint.network.CompactNet;
import org.tiepoint.objective.StoredNames;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;

/** The commands that match, in a process without libtorch and what is built on it. */
class SmallClassPathTest {
    /** What the command line, the run-time path and the formats of features are made of. */
    private static final Pattern NEEDED = Pattern.compile("tiepoint-(core|interop|cli)|onnxruntime|opencv|openblas"
            + "|javacpp|ejml|jackson-(core|databind|annotations)|metadata-extractor|xmpcore|picocli|progressbar|jline");
    /** A checkout's own classes, or a jar of a local repository. */
    private static final Pattern ENTRY = Pattern.compile(".*[/\\\\](?:(tiepoint-[a-z]+)[/\\\\]target[/\\\\].*"
            + "|([^/\\\\]+)\\.jar)");

    @TempDir
    static Path folder;

    private static RenderedPair pair;
    private static Path model;
    private static Path exported;

    @BeforeAll
    static void write() throws IOException {
        pair = RenderedPair.write(folder);
        model = folder.resolve("compact.safetensors");
        exported = folder.resolve("compact.onnx");
        try (CompactNet network = new CompactNet(new CompactNet.Options(16, 8, 1, 8), 1, Device.CPU)) {
            new TrainingCheckpoint(1, 1, RecipeFile.text("compact-s"), Map.of(), Map.of(), ParameterStore.store(
                    StoredNames.with(StoredNames.DESCRIPTOR, network.parameters().all())), Map.of()).write(model);
        }
        ModelExport.of(model, ModelExport.Statement.none()).write(exported, folder.resolve("compact.json"), "test");
    }

    private static List<Path> classPath() {
        List<Path> needed = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            var parts = ENTRY.matcher(entry);
            String name = !parts.matches() ? "" : parts.group(1) == null ? parts.group(2) : parts.group(1);
            if (NEEDED.matcher(name).lookingAt() && !name.contains("tests") && !entry.contains("test-classes")) {
                needed.add(Path.of(entry));
            }
        }
        return needed;
    }

    private static CommandRun run(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Xmx1g", "-cp", String.join(File.pathSeparator, classPath().stream().map(Path::toString)
                .toList()), Tiepoint.class.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "does not end");
        return new CommandRun(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static void assertOneLine(CommandRun run, String said) {
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.err().startsWith("tiepoint: needs " + said), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void theJarsAreUnder120Megabytes() throws IOException {
        long sum = 0;
        for (Path entry : classPath()) {
            assertFalse(entry.toString().contains("pytorch"), entry.toString());
            sum += Files.isDirectory(entry) ? 0 : Files.size(entry);
        }
        assertTrue(sum > 50e6 && sum < 120e6, sum + " bytes");
    }

    @Test
    void matchesByAnExportedModel() throws IOException, InterruptedException {
        CommandRun run = run("match", pair.left(), pair.right(), "--model", exported, "--json",
                folder.resolve("m.json"), "--out", folder.resolve("m.png"));
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().contains("(the model's own)"), run.out());
        assertTrue(Files.size(folder.resolve("m.png")) > 1000);
    }

    @Test
    void extractsByAnExportedModelAndSaysWhatIsMissingForOthers() throws IOException, InterruptedException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Files.copy(pair.left(), photos.resolve("a.png"));
        CommandRun run = run("extract", "--images", photos, "--model", exported, "--out", folder.resolve("features"));
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(Files.exists(folder.resolve("features/a.png.caps")));
        assertOneLine(run("match", pair.left(), pair.right(), "--model", model), "org.tiepoint.model.TrainedModel");
        assertOneLine(run("train", "compact-s"), "org.tiepoint.");
        String help = run("--help").out();
        assertTrue(help.contains("  match  ") && !help.contains("  train  "), help);
    }
}
