package org.tiepoint.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The command as the user typed it, in a form that a shell takes again. */
final class TypedCommand {
    private TypedCommand() {}

    static String of(CommandSpec spec) {
        return "tiepoint " + of(spec.root().commandLine().getParseResult().originalArgs());
    }

    /** Arguments with blanks or characters that shells treat in their own way stand in single quotes. */
    static String of(List<String> arguments) {
        return arguments.stream().map(argument -> argument.matches("[\\w./:=,+@%-]+") ? argument
                : "'" + argument.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
    }
}
