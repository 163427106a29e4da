package org.tiepoint.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A checkpoint file that cannot be used: names the file, the tensor or place, what is wrong and the remedy. */
public class CheckpointException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * An error at one place of a file.
     *
     * @param where   tensor or part of the file; empty where the whole file is meant
     * @param problem what is wrong and what to do about it
     */
    public CheckpointException(Path file, String where, String problem) {
        super(message(file, where, problem));
    }

    /** The same with the exception that caused it. */
    public CheckpointException(Path file, String where, String problem, Throwable cause) {
        super(message(file, where, problem), cause);
    }

    /** A part of the file that could not be read; some exceptions of the Java library have no message. */
    static CheckpointException unreadable(Path file, String where, Exception cause) {
        String what = cause.getMessage() == null ? "it ends in the middle" : cause.getMessage();
        return new CheckpointException(file, where, "cannot be read: " + what + "; copy or download the file again",
                cause);
    }

    /** Names in a hostile file reach the terminal through messages: control characters are replaced. */
    private static String message(Path file, String where, String problem) {
        return (file + (where.isEmpty() ? "" : ", " + where) + ": " + problem).replaceAll("\\p{Cntrl}", "?");
    }
}
