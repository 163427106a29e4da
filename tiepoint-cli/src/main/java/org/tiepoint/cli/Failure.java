package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, as one line for people and an exit code: 2 for wrong usage, 1 for anything else. */
final class Failure {
    private final Throwable cause;
    private final CommandLine commandLine;

    Failure(ParameterException usage) {
        this(usage, usage.getCommandLine());
    }

    Failure(Throwable thrown, CommandLine commandLine) {
        this.cause = unwrap(thrown);
        this.commandLine = commandLine;
    }

    /** Prints the line (and the stack trace where asked for) on the command line's error stream. */
    int print(boolean debug) {
        PrintWriter err = commandLine.getErr();
        err.println("tiepoint: " + line());
        if (debug || "1".equals(System.getenv("TIEPOINT_DEBUG"))) {
            cause.printStackTrace(err);
        }
        err.flush();
        return cause instanceof ParameterException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    /** File, field, value and remedy, without line breaks. */
    String line() {
        return describe().strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private String describe() {
        if (cause instanceof ParameterException) {
            return describeUsage((ParameterException) cause);
        }
        if (cause instanceof IOException) {
            return describeIo((IOException) cause);
        }
        if (cause instanceof OutOfMemoryError) {
            return "out of memory (" + cause.getMessage() + "): give Java more with JAVA_OPTS=-Xmx8g, or use smaller"
                    + " images, fewer key points or a smaller batch";
        }
        if (cause instanceof NoClassDefFoundError && cause.getCause() instanceof ClassNotFoundException) {
            return "needs " + cause.getCause().getMessage() + ", which is not on the class path: the libraries that"
                    + " suffice to match leave out libtorch (training, networks other than .onnx files) and SQLite"
                    + " (databases); use all, as ./tiepoint of a checkout does";
        }
        if (cause instanceof UnsatisfiedLinkError || cause instanceof NoClassDefFoundError) {
            return "a native library does not load (" + cause.getMessage() + "): this build may be for another"
                    + " system; build again with ./mvnw -DskipTests -Dtiepoint.platform=linux-x86_64|macosx-arm64|"
                    + "windows-x86_64 package, or empty the folder ~/.javacpp/cache";
        }
        boolean ours = cause.getClass().getName().startsWith("org.tiepoint.");
        if (cause.getMessage() != null && (ours || cause instanceof IllegalArgumentException)) {
            return cause.getMessage();
        }
        return "internal error: " + cause + " (--debug shows where; please report it)";
    }

    private static String describeUsage(ParameterException usage) {
        CommandSpec command = usage.getCommandLine().getCommandSpec();
        String message = usage instanceof UnmatchedArgumentException
                ? describeUnmatched((UnmatchedArgumentException) usage, command) : usage.getMessage();
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1)
                + " (see " + command.qualifiedName() + " --help)";
    }

    private static String describeUnmatched(UnmatchedArgumentException usage, CommandSpec command) {
        String word = usage.getUnmatched().get(0);
        boolean option = word.startsWith("-");
        boolean subcommand = !option && !command.subcommands().isEmpty();
        String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        String what = option ? "unknown option " : subcommand ? "unknown command " : "one argument too many: ";
        Set<String> known = option ? command.optionsMap().keySet() : command.subcommands().keySet();
        return what + "'" + (option ? name : word) + "'"
                + NearestName.of(name, known).map(near -> "; did you mean " + near + "?").orElse("");
    }

    private static String describeIo(IOException failure) {
        String message = Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
        if (message.contains("No space left on device")) {
            return message + ": free some space, or write to another disk with --out";
        }
        if (failure instanceof NoSuchFileException) {
            return message + ": no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return message + ": permission denied";
        }
        if (failure instanceof NotDirectoryException) {
            return message + ": a folder is needed here, and this is none";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return message + ": already exists, and is no folder";
        }
        if (failure instanceof FileSystemException && ((FileSystemException) failure).getReason() == null) {
            return message + ": cannot be read or written (" + failure.getClass().getSimpleName() + ")";
        }
        return message;
    }

    private static Throwable unwrap(Throwable thrown) {
        boolean wrapper = thrown instanceof ExecutionException || thrown instanceof CompletionException
                || thrown instanceof java.util.concurrent.ExecutionException || thrown instanceof UncheckedIOException
                || thrown instanceof InvocationTargetException || thrown instanceof ExceptionInInitializerError;
        return wrapper && thrown.getCause() != null ? unwrap(thrown.getCause()) : thrown;
    }
}
