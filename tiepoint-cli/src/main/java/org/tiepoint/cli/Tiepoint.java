package org.tiepoint.cli;

import java.util.List;
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
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or an impossible value.",
            "Environment: TIEPOINT_DEBUG=1 shows stack traces, JAVA_OPTS is passed to Java."})
public final class Tiepoint implements Runnable {
    /** In the order in which data flows. */
    private static final List<Class<?>> COMMANDS = List.of(RenderCommand.class, PrepareCommand.class,
            StyliseCommand.class, TrainCommand.class, AdaptCommand.class, MatchCommand.class, CorrespondCommand.class,
            ExtractCommand.class, PairsCommand.class, MatchCollectionCommand.class, LocaliseCommand.class,
            EvaluateCommand.class, ExportCommand.class, QuantiseCommand.class, DemoCommand.class, BenchmarkCommand.class);

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
        int exitCode;
        try {
            exitCode = commandLine(args).setUsageHelpAutoWidth(true).execute(args);
        } catch (NoClassDefFoundError e) {
            exitCode = new Failure(e, new CommandLine(new Tiepoint())).print(false);
        }
        System.exit(exitCode);
    }

    /**
     * The command line with its error handling; a test may redirect its output before it executes. Commands whose
     * libraries are not on the class path are left out.
     *
     * @param args where they begin with a command's name, it is the only one: to look at all takes as long as to match
     *             two small images
     * @throws NoClassDefFoundError when that command's libraries are not on the class path
     */
    static CommandLine commandLine(String... args) {
        Tiepoint tiepoint = new Tiepoint();
        CommandLine line = new CommandLine(tiepoint);
        List<Class<?>> named = COMMANDS.stream().filter(command -> args.length > 0 && isCalled(command, args[0]))
                .toList();
        for (Class<?> command : named.isEmpty() ? COMMANDS : named) {
            try {
                line.addSubcommand(command);
            } catch (NoClassDefFoundError e) {
                if (!named.isEmpty()) {
                    throw e;
                }
            }
        }
        return line.setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, given) -> new Failure(failure).print(tiepoint.debug))
                .setExecutionExceptionHandler((failure, command, parsed) ->
                        new Failure(failure, command).print(tiepoint.debug));
    }

    private static boolean isCalled(Class<?> command, String word) {
        Command described = command.getAnnotation(Command.class);
        return described.name().equals(word) || List.of(described.aliases()).contains(word);
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command, such as render, train or match");
    }
}
