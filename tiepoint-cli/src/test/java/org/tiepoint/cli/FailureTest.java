package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;

class FailureTest {
    private final CommandLine line = Tiepoint.commandLine();

    @Test
    void theCauseIsToldAndNotItsWrappers() {
        IOException cause = new IOException("a.jpg: ends after 12 bytes");
        assertEquals("a.jpg: ends after 12 bytes",
                lineOf(new CompletionException(new UncheckedIOException(cause))));
        assertEquals("a.jpg: ends after 12 bytes", lineOf(new ExecutionException(line, "run", cause)));
    }

    @Test
    void aMessageOfSeveralLinesBecomesOne() {
        assertEquals("first second", lineOf(new IOException("first\n   second\n")));
    }

    @Test
    void fileSystemErrorsSayWhatIsWrongWithTheFile() {
        assertEquals("a/b: no such file or folder", lineOf(new NoSuchFileException("a/b")));
        assertEquals("a/b: permission denied", lineOf(new AccessDeniedException("a/b")));
        assertTrue(lineOf(new IOException("No space left on device")).contains("free some space"));
    }

    @Test
    void memoryAndNativeLibrariesHaveARemedy() {
        Throwable wrapped = new ExecutionException(line, "run", new OutOfMemoryError("Java heap space"));
        assertTrue(lineOf(wrapped).contains("JAVA_OPTS=-Xmx"), lineOf(wrapped));
        assertTrue(lineOf(new UnsatisfiedLinkError("no jniopencv_core")).contains("-Dtiepoint.platform="));
    }

    @Test
    void anUnexpectedExceptionIsCalledInternal() {
        assertTrue(lineOf(new IllegalStateException("x")).startsWith("internal error: java.lang.IllegalState"));
    }

    @Test
    void onlyUsageErrorsExitWithTwo() {
        StringWriter err = new StringWriter();
        line.setErr(new PrintWriter(err));
        assertEquals(2, new Failure(new ParameterException(line, "Bad value")).print(false));
        assertEquals(1, new Failure(new IOException("cut"), line).print(false));
        assertEquals("tiepoint: bad value (see tiepoint --help)\ntiepoint: cut\n", err.toString().replace("\r", ""));
    }

    @Test
    void theStackTraceShowsOnRequestOnly() {
        StringWriter err = new StringWriter();
        line.setErr(new PrintWriter(err));
        new Failure(new IOException("cut"), line).print(false);
        assertFalse(err.toString().contains("\tat "));
        new Failure(new IOException("cut"), line).print(true);
        assertTrue(err.toString().contains("\tat "));
    }

    private String lineOf(Throwable thrown) {
        return new Failure(thrown, line).line();
    }
}
