package org.tiepoint.dataset;

import java.io.IOException;
import java.nio.file.Path;

/** A data file that cannot be used: names the file, the line or record, what is wrong and the remedy. */
public class DatasetException extends IOException {
    private static final long serialVersionUID = 1;

    public DatasetException(Path file, String where, String problem) {
        super(file + (where.isEmpty() ? "" : ", " + where) + ": " + problem);
    }
}
