package org.tiepoint.evaluation.reconstruction;

import java.io.IOException;

/** A command of COLMAP that failed or took too long: one line with the command, what happened and where the log is. */
public final class ColmapException extends IOException {
    private static final long serialVersionUID = 1;

    ColmapException(String message) {
        super(message);
    }
}
