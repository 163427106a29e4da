package org.tiepoint.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Turns what a user gave into values; an impossible value is a usage error (exit code 2). */
final class Arguments {
    private Arguments() {}

    /** The value, where the library takes it; its complaint as a usage error, where not. */
    static <T> T accept(CommandSpec spec, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
