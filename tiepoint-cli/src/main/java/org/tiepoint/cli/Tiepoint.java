package org.tiepoint.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line: one subcommand a stage. Exit codes: 0 done, 1 failed, 2 wrong usage. An error is one line on
 * standard error that starts with {@code tiepoint:}; results go to standard output.
 */
@Command(name = "tiepoint",
        description = {
            "Learned image matching: trains a descriptor from posed photos and matches images with it.", ""},
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        commandListHeading = "%nCommands, in the order in which data flows:%n",
        subcommands = {RenderCommand.class, PrepareCommand.class, StyliseCommand.class, TrainCommand.class,
            AdaptCommand.class, MatchCommand.class, CorrespondCommand.class, ExtractCommand.class, PairsCommand.class,
            MatchCollectionCommand.class, LocaliseCommand.class, EvaluateCommand.class, ExportCommand.class,
            DemoCommand.class, BenchmarkCommand.class},
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or an impossible value.",
            "Environment: TIEPOINT_DEBUG=1 shows stack traces, JAVA_OPTS is passed to Java."})
public final class Tiepoint implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version and exit.")
    private boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean debug;

    private Tiepoint() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        int exitCode = commandLine().setUsageHelpAutoWidth(true).execute(args);
        System.exit(exitCode);
    }

    /** The command line with its error handling; a test may redirect its output before it executes. */
    static CommandLine commandLine() {
        Tiepoint tiepoint = new Tiepoint();
        return new CommandLine(tiepoint)
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, args) -> new Failure(failure).print(tiepoint.debug))
                .setExecutionExceptionHandler((failure, line, parsed) ->
                        new Failure(failure, line).print(tiepoint.debug));
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command, such as render, train or match");
    }
}
