package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.recipe.RecipeFile;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.Engine;
import org.tiepoint.train.StepBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how fast a recipe trains on this machine. */
@Command(name = "benchmark", subcommands = BenchmarkMatchingCommand.class,
        description = {
            "Time a recipe's training step on this machine, on made-up pictures.",
            "",
            "Prints the seconds of a step (forward, backward, Adam) and of the forward pass alone, the arithmetic of"
                + " their convolutions, and the share that this is of the rate at which the same machine multiplies"
                + " two 2048x2048 matrices; then the peak memory of the process. Close other programs first.",
            ""},
        footer = {
            "",
            "Example:",
            "  tiepoint benchmark caps --batch 1 --repetitions 5",
            "  tiepoint benchmark matching"})
final class BenchmarkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "RECIPE", description = "caps, caps-small, or a YAML file.")
    private Optional<String> given;

    @Option(names = "--batch", paramLabel = "N", description = "Pairs a step (default: the recipe's).")
    private Optional<Integer> batch;

    @Option(names = "--repetitions", paramLabel = "N", defaultValue = "5",
            description = "Timed steps, of which the median counts (default: 5).")
    private int repetitions;

    @Option(names = "--device", paramLabel = "NAME", defaultValue = "cpu", description = "cpu or cuda (default: cpu).")
    private Device device;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: one a processor).")
    private Optional<Integer> threads;

    @Override
    public Integer call() throws IOException {
        String recipe = given.orElseThrow(() -> new ParameterException(spec.commandLine(),
                "Missing required parameter: 'RECIPE', or 'matching'"));
        CapsRecipe parsed = RecipeFile.parse(RecipeFile.text(recipe), recipe).caps();
        int pairs = batch.orElse(parsed.optimisation().batch());
        int used = threads.orElse(Runtime.getRuntime().availableProcessors());
        requirePositive("--batch", pairs);
        requirePositive("--repetitions", repetitions);
        requirePositive("--threads", used);
        if (device == Device.CUDA && !Engine.cudaAvailable()) {
            throw new ParameterException(spec.commandLine(), "--device is cuda, but libtorch sees none");
        }
        StepBenchmark.Result result = StepBenchmark.run(parsed, pairs, repetitions, device, used);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "machine: %s, %d threads; libtorch %s; Java %s%n", processor(), used,
                Engine.version(), System.getProperty("java.version"));
        out.printf(Locale.ROOT, "recipe: %s, %dx%d, %d pairs a step%n", recipe, parsed.data().width(),
                parsed.data().height(), pairs);
        out.printf(Locale.ROOT, "matrix product: %.1f GFLOP/s%n", result.matrixRate());
        out.printf(Locale.ROOT, "step: %.3f s, %.1f GFLOP, %.0f %% of the matrix product's rate%n", result.seconds(),
                result.stepGflop(), 100 * result.share());
        out.printf(Locale.ROOT, "forward: %.3f s, %.1f GFLOP, %.0f %% of the matrix product's rate%n",
                result.forwardSeconds(), result.forwardGflop(), 100 * result.forwardShare());
        out.printf("peak memory: %s%n", statusLine("/proc/self/status", "VmHWM"));
        out.flush();
        return 0;
    }

    private void requirePositive(String option, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " is " + value + ": it must be at least 1");
        }
    }

    private static String processor() {
        return statusLine("/proc/cpuinfo", "model name");
    }

    /** The value of a "name: value" line of a file that only Linux has. */
    private static String statusLine(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name)).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
        } catch (IOException e) {
            return System.getProperty("os.name") + " " + System.getProperty("os.arch");
        }
    }
}
