package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole way from nothing to matches, on rendered scenes. */
@Command(name = "demo", description = {
    "Render scenes, train a descriptor on them for some minutes, and match two views of another scene.", ""},
        footer = {
            "",
            "Every stage prints the command that does the same. A few minutes show that training works;",
            "for a descriptor to use, train for hours on photos."})
final class DemoCommand implements Callable<Integer> {
    /** A scene that the training scenes do not contain. */
    private static final String HELD_OUT_SEED = "1001";

    @Spec
    private CommandSpec spec;

    @Option(names = {"-o", "--out"}, paramLabel = "DIR", defaultValue = "demo",
            description = "Folder for everything; it must not be there yet (default: demo).")
    private Path out;

    private double minutes;

    @Option(names = "--minutes", paramLabel = "M", defaultValue = "5",
            description = "Time to train in minutes (default: 5).")
    private void setMinutes(double value) {
        if (!(value > 0 && value <= 10_000)) {
            throw new ParameterException(spec.commandLine(), "--minutes is " + value + ": it must be above 0");
        }
        minutes = value;
    }

    @Override
    public Integer call() throws IOException {
        if (Files.exists(out)) {
            throw new IOException(out + " is already there: delete it, or give another folder with --out");
        }
        Files.createDirectories(out);
        Path picture = out.resolve("matches.png");
        Path heldOut = out.resolve("held-out");
        Path views = heldOut.resolve("synthetic-" + HELD_OUT_SEED).resolve("dense0/aligned/images");
        String left = views.resolve("000.png").toString();
        String right = views.resolve("001.png").toString();
        List<List<String>> stages = List.of(
                List.of("render", "--out", out.resolve("scenes").toString(), "--scenes", "6", "--views", "12", "--size",
                        "320x240"),
                List.of("train", "caps-small", "--data", out.resolve("scenes").toString(), "--out",
                        out.resolve("model").toString(), "--minutes", Double.toString(minutes)),
                List.of("render", "--out", heldOut.toString(), "--scenes", "1", "--views", "2", "--size", "320x240",
                        "--seed", HELD_OUT_SEED),
                List.of("match", left, right, "--model", out.resolve("model").toString(), "--out", picture.toString()),
                List.of("match", left, right, "--model", ModelOption.BASELINE));
        for (List<String> stage : stages) {
            int exitCode = run(stage);
            if (exitCode != 0) {
                return exitCode;
            }
        }
        return 0;
    }

    private int run(List<String> stage) {
        PrintWriter print = spec.commandLine().getOut();
        print.println();
        print.println("$ tiepoint " + String.join(" ", stage));
        print.flush();
        CommandLine line = Tiepoint.commandLine();
        return line.setOut(print).setErr(spec.commandLine().getErr()).execute(stage.toArray(String[]::new));
    }
}
