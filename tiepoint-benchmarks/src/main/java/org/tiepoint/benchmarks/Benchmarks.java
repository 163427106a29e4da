package org.tiepoint.benchmarks;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks' command line, which {@code tiepoint-benchmarks/run} starts. */
@Command(name = "run", mixinStandardHelpOptions = true,
        description = "Time Tiepoint on this machine, beside others. Close other programs first.",
        subcommands = {MeasureCommand.class, TableCommand.class, LayersCommand.class},
        footer = {
            "",
            "Examples:",
            "  ./tiepoint-benchmarks/run measure --model compact-s=compact-s.onnx",
            "  ./tiepoint-benchmarks/run measure networks kernels --rounds 3",
            "  ./tiepoint-benchmarks/run table --into README.md",
            "  ./tiepoint-benchmarks/run layers compact-s.onnx"})
public final class Benchmarks implements Runnable {
    @Spec
    private CommandSpec spec;

    private Benchmarks() {}

    /** Runs one command and ends the process: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Benchmarks()).setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100);
        return line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            if (failure instanceof IOException || failure instanceof IllegalArgumentException) {
                failed.getErr().println("tiepoint-benchmarks: " + failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: measure, table or layers");
    }
}
